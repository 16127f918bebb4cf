using CsCheck;
using Dailies.Cuts;

namespace Dailies.Tests.Cuts;

/// <summary>The contact sheet's grid.</summary>
public class SheetPlanTests
{
    [Theory]
    [InlineData(1, 1.778, 1, 1)]
    [InlineData(3, 1.778, 3, 1)]
    [InlineData(5, 1.778, 3, 1)]
    [InlineData(12, 1.778, 4, 1)]
    [InlineData(54, 1.778, 6, 1)]
    [InlineData(55, 1.778, 6, 2)]
    [InlineData(1_000, 1.778, 6, 19)]
    [InlineData(1_000, 0.5625, 6, 56)]
    public void So_many_scenes_stand_in_so_many_columns_and_pages(int scenes, double aspect, int columns, int pages)
    {
        var plan = SheetPlan.Of(scenes, aspect);

        (plan.Columns, plan.Pages).ShouldBe((columns, pages));
    }

    [Fact]
    public void Every_scene_has_a_cell_inside_its_page_and_none_overlap() =>
        Gen.Select(Gen.Int[1, 1_200], Gen.Double[0.01, 20]).Sample((scenes, aspect) =>
        {
            var plan = SheetPlan.Of(scenes, aspect);
            plan.Width.ShouldBeLessThanOrEqualTo(2_400);
            var cells = Enumerable.Range(0, plan.Pages).SelectMany(page =>
            {
                var height = plan.Height(page);
                height.ShouldBeLessThanOrEqualTo(Math.Max(SheetPlan.MostHeight, SheetPlan.Header + (2 * SheetPlan.Margin) + plan.ThumbHeight + plan.Caption));
                var thumbs = plan.CellsOf(page).Select(plan.Thumb).ToList();
                thumbs.ShouldAllBe(t => t.Left >= 0 && t.Top >= SheetPlan.Header && t.Right <= plan.Width && t.Bottom + plan.Caption <= height);
                thumbs.Distinct().Count().ShouldBe(thumbs.Count);
                return plan.CellsOf(page);
            });
            cells.ShouldBe(Enumerable.Range(0, scenes));
        }, iter: 200);
}
