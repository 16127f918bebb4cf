using SkiaSharp;

namespace Dailies.Cuts;

/// <summary>How a contact sheet is laid out: a grid in story order, in pages that any viewer opens. Pure.</summary>
/// <param name="Width">Of a page, px.</param>
/// <param name="Columns">Cells in a row.</param>
/// <param name="ThumbWidth">Of a picture, px.</param>
/// <param name="ThumbHeight">Of a picture, px.</param>
/// <param name="RowsPerPage">Rows on a full page.</param>
/// <param name="Cells">Cells in all.</param>
internal sealed record SheetPlan(int Width, int Columns, int ThumbWidth, int ThumbHeight, int RowsPerPage, int Cells)
{
    /// <summary>No page is higher, unless one row is.</summary>
    public const int MostHeight = 3_000;

    /// <summary>Around the grid, px.</summary>
    public const int Margin = 32;

    /// <summary>Between cells, px.</summary>
    public const int Gap = 24;

    /// <summary>Above the grid, px.</summary>
    public const int Header = 132;

    private const int WidePage = 2_400, Page = 1_920, MostThumb = 800;
    private const double LeastAspect = 0.5, MostAspect = 2.4;

    /// <summary>Pages in all.</summary>
    public int Pages => Math.Max(1, (Cells + CellsPerPage - 1) / CellsPerPage);

    /// <summary>Cells on a full page.</summary>
    public int CellsPerPage => Columns * RowsPerPage;

    /// <summary>Size of the title below a picture, px.</summary>
    public float TitleSize => Math.Clamp(ThumbWidth * 0.052f, 18, 25);

    /// <summary>Below each picture for two lines, px.</summary>
    public int Caption => (int)(TitleSize * 2.9f);

    /// <summary>The layout for so many scenes.</summary>
    /// <param name="scenes">1 or more.</param>
    /// <param name="aspect">Width by height of most takes.</param>
    public static SheetPlan Of(int scenes, double aspect)
    {
        var columns = scenes switch { <= 3 => Math.Max(1, scenes), 4 => 2, <= 6 => 3, <= 8 => 4, 9 => 3, <= 16 => 4, <= 30 => 5, _ => 6 };
        var page = columns == 6 ? WidePage : Page;
        var thumb = Math.Min(MostThumb, (page - (2 * Margin) - ((columns - 1) * Gap)) / columns);
        var plan = new SheetPlan((2 * Margin) + (columns * thumb) + ((columns - 1) * Gap), columns, thumb, (int)Math.Round(thumb / Math.Clamp(aspect, LeastAspect, MostAspect)), 1, scenes);
        return plan with { RowsPerPage = Math.Max(1, (MostHeight - Header - (2 * Margin) + Gap) / plan.RowHeight) };
    }

    /// <summary>Height of a page, from 0, px: the last one is as high as it needs to be.</summary>
    public int Height(int page) => Header + Margin + (Rows(page) * RowHeight) - Gap + Margin;

    /// <summary>Which cells a page shows, from 0.</summary>
    public IEnumerable<int> CellsOf(int page) => Enumerable.Range(page * CellsPerPage, Math.Clamp(Cells - (page * CellsPerPage), 0, CellsPerPage));

    /// <summary>Where the picture of a cell goes on its page.</summary>
    public SKRectI Thumb(int cell)
    {
        var (row, column) = Math.DivRem(cell % CellsPerPage, Columns);
        return SKRectI.Create(Margin + (column * (ThumbWidth + Gap)), Header + Margin + (row * RowHeight), ThumbWidth, ThumbHeight);
    }

    private int RowHeight => ThumbHeight + Caption + Gap;

    private int Rows(int page) => Math.Max(1, (CellsOf(page).Count() + Columns - 1) / Columns);
}
