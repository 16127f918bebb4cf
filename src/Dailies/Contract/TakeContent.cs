namespace Dailies.Contract;

/// <summary>What the frames of a take show, in figures. Luma is 0 (black) to 255 (white), ITU-R BT.601 weights.</summary>
/// <param name="LumaMean">Mean luma of all frames, 1 decimal.</param>
/// <param name="LumaVariance">Variance of luma within the frames, mean over them, 1 decimal; 0 is one flat colour.</param>
/// <param name="DarkestFrame">Mean luma of the darkest frame, 1 decimal.</param>
/// <param name="BrightestFrame">Mean luma of the brightest frame, 1 decimal.</param>
/// <param name="EqualShare">Share of frames that are the same picture as the one before, 0 to 1, 3 decimals; 0 for one frame.</param>
/// <param name="AllBlack">Every pixel of every frame is exactly black, as a model's NaN ends up.</param>
/// <source>the decoded frames</source>
public sealed record TakeContent(double LumaMean, double LumaVariance, double DarkestFrame, double BrightestFrame, double EqualShare, bool AllBlack);
