using Dailies.Queueing;
using static Dailies.Queueing.SceneStanding;

namespace Dailies.Tests.Queueing;

/// <summary>Which scene is next, and how many frames it needs.</summary>
public class SceneChoiceTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(null, Ended, Ended)]
    [InlineData(null, InFlight, Pausing, Ended)]
    [InlineData("scene-001", Waiting, Waiting)]
    [InlineData("scene-002", Ended, Waiting, Waiting)]
    [InlineData("scene-003", InFlight, Pausing, Waiting)]
    public void The_first_waiting_scene_in_story_order_is_next(string? next, params SceneStanding[] standings) =>
        SceneChoice.Next(standings.Select((standing, i) => ($"scene-00{i + 1}", standing))).ShouldBe(next);

    [Theory]
    [InlineData(true, 25, 19, 25)]
    [InlineData(true, 25, 0, 25)]
    [InlineData(false, 25, 19, 19)]
    [InlineData(false, 25, 81, 81)]
    [InlineData(false, 25, 0, 25)]
    public void The_floor_is_what_the_scene_asked_where_the_graph_listens_to_it(bool framesBound, int expected, int announced, int floor) =>
        FrameFloor.Of(framesBound, expected, announced).ShouldBe(floor);

    [Fact]
    public void A_scene_that_says_nothing_needs_25_frames() => FrameFloor.Default.ShouldBe(25);
}
