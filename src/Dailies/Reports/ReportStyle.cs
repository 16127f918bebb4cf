namespace Dailies.Reports;

/// <summary>How a report looks: on a desk, on a phone, on paper, by day and by night. Colours never stand alone: a word says the same.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet. It asks for nothing that is not in the page.</summary>
    public const string Css = """
        :root{color-scheme:light dark;--page:#f6f5f2;--card:#fff;--ink:#1d1d1b;--dim:#5c5a55;--line:#dcd9d2;--good:#1c6b3c;--warn:#8a5300;--bad:#a8221b;--goodbg:#e4f2e8;--warnbg:#fdf0da;--badbg:#fbe6e4;--bar:#8a8780}
        @media (prefers-color-scheme:dark){:root{--page:#161615;--card:#201f1e;--ink:#eceae5;--dim:#aba8a0;--line:#3a3936;--good:#7fd39d;--warn:#f0b75c;--bad:#ff938b;--goodbg:#1b3325;--warnbg:#3a2c13;--badbg:#421d1b;--bar:#7d7a73}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
        main{max-width:1080px;margin:0 auto;padding:28px 20px 48px}
        h1{font-size:1.7rem;line-height:1.2;margin:0 0 6px}
        h2{font-size:1.15rem;margin:36px 0 10px;break-after:avoid}
        h3{font-size:1rem;margin:0 0 4px;break-after:avoid}
        p{margin:0 0 8px}
        .kicker,.dim{color:var(--dim)}
        .kicker{font-size:.85rem;letter-spacing:.04em;text-transform:uppercase;margin:0 0 4px}
        .logline{font-size:1.05rem;max-width:70ch}
        .word{display:inline-block;padding:1px 9px;border-radius:99px;font-size:.85rem;font-weight:600;white-space:nowrap;color:var(--dim);border:1px solid currentColor}
        .good{color:var(--good);background:var(--goodbg)}
        .warn{color:var(--warn);background:var(--warnbg)}
        .bad{color:var(--bad);background:var(--badbg)}
        .card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 16px;margin:0 0 12px;break-inside:avoid}
        .note{border-left:5px solid var(--warn)}
        .fail{border-left:5px solid var(--bad)}
        .fail.long{break-inside:auto}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:18px 0 0;padding:0}
        .figures div{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:10px 14px;break-inside:avoid}
        .figures dt{color:var(--dim);font-size:.85rem}
        .figures dd{margin:0;font-size:1.3rem;white-space:nowrap;font-weight:650;font-variant-numeric:tabular-nums;line-height:1.3}
        .figures dd small{display:block;white-space:normal;font-size:.8rem;font-weight:400;color:var(--dim)}
        ul{margin:6px 0 0;padding-left:20px}
        li{margin:0 0 5px;break-inside:avoid}
        img{display:block;width:100%;height:auto;border-radius:8px;border:1px solid var(--line);margin:0 0 12px;break-inside:avoid}
        table{width:100%;border-collapse:collapse;background:var(--card);border:1px solid var(--line);font-size:.9rem}
        th,td{text-align:left;vertical-align:top;padding:6px 9px;border-bottom:1px solid var(--line)}
        th{font-weight:600;color:var(--dim);white-space:nowrap}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        td.id{white-space:nowrap}
        tr{break-inside:avoid}
        tbody tr:last-child td{border-bottom:0}
        thead{display:table-header-group}
        code,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.88em}
        .meter{display:block;height:8px;min-width:2px;background:var(--bar);border-radius:4px}
        footer{margin-top:40px;border-top:1px solid var(--line);padding-top:10px;color:var(--dim);font-size:.85rem}
        @media (max-width:640px){
        main{padding:18px 14px 36px}
        h1{font-size:1.4rem}
        .figures{grid-template-columns:1fr 1fr;gap:8px}
        .figures div:last-child{grid-column:1/-1}
        table.wide tr.zero{display:none}
        table.wide,table.wide tbody,table.wide tr,table.wide td{display:block}
        table.wide{border:0;background:none}
        table.wide thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        table.wide tr{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:8px 12px;margin:0 0 10px}
        table.wide td{display:flex;gap:12px;justify-content:space-between;border:0;padding:2px 0;text-align:right;white-space:normal}
        table.wide td::before{content:attr(data-head);color:var(--dim);text-align:left;flex:none}
        table.wide td:empty{display:none}
        table.wide td:first-child{font-weight:650}
        }
        @media print{
        @page{margin:14mm}
        :root{color-scheme:light;--page:#fff;--card:#fff;--ink:#000;--dim:#444;--line:#bbb;--good:#14532d;--warn:#6b3f00;--bad:#8c1510;--goodbg:#fff;--warnbg:#fff;--badbg:#fff;--bar:#777}
        body{font-size:10.5pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}
        main{max-width:none;padding:0}
        h2{margin-top:22px}
        .figures{grid-template-columns:repeat(5,1fr);gap:6px}
        .figures dd{font-size:1.2rem}
        table{font-size:8.5pt}
        th,td{padding:3px 5px}
        img{max-height:235mm;width:auto;max-width:100%}
        }
        """;
}
