using System.Text;
using Dailies.Workflows;

namespace Dailies.Tests.Workflows;

/// <summary>The frame rate that a graph gives its videos.</summary>
public class WorkflowRateTests
{
    [Theory]
    [InlineData("""{"1":{"class_type":"CreateVideo","inputs":{"fps":16}}}""", 16.0)]
    [InlineData("""{"1":{"class_type":"VHS_VideoCombine","inputs":{"frame_rate":8}}}""", 8.0)]
    [InlineData("""{"1":{"class_type":"SaveWEBM","inputs":{"fps":23.976}}}""", 23.976)]
    [InlineData("""{"1":{"class_type":"SaveAnimatedWEBP","inputs":{"fps":6.5}}}""", 6.5)]
    [InlineData("""{"1":{"class_type":"SaveAnimatedPNG","inputs":{"fps":6}}}""", 6.0)]
    [InlineData("""{"1":{"class_type":"CreateVideo","inputs":{"fps":["2",0]}},"2":{"class_type":"PrimitiveFloat","inputs":{"value":12}}}""", 12.0)]
    [InlineData("""{"1":{"class_type":"CreateVideo","inputs":{"fps":["2",0]}}}""", null)]
    [InlineData("""{"1":{"class_type":"CreateVideo","inputs":{"fps":16}},"2":{"class_type":"SaveWEBM","inputs":{"fps":16}}}""", 16.0)]
    [InlineData("""{"1":{"class_type":"CreateVideo","inputs":{"fps":16}},"2":{"class_type":"SaveWEBM","inputs":{"fps":24}}}""", null)]
    [InlineData("""{"1":{"class_type":"SVD_img2vid_Conditioning","inputs":{"fps":6}}}""", null)]
    [InlineData("""{"1":{"class_type":"SaveImage","inputs":{}}}""", null)]
    [InlineData("""{"1":{"class_type":"CreateVideo","inputs":{"fps":0}}}""", null)]
    [InlineData("""{"1":{"class_type":"CreateVideo","inputs":{"fps":100000}}}""", null)]
    [InlineData("""{"1":{"class_type":"CreateVideo","inputs":{"fps":"fast"}}}""", null)]
    public void The_node_that_makes_the_video_says_it(string graph, double? expected) =>
        WorkflowRate.Of(WorkflowTemplate.Parse(Encoding.UTF8.GetBytes(graph), "w").Template!).ShouldBe(expected);
}
