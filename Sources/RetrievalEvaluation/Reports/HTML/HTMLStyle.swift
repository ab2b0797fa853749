/// The style sheet of a report: light and dark by the reader's choice, tables that fold on narrow screens, and a form for print.
enum HTMLStyle {
    static let text = """
        :root { color-scheme: light dark; \(HTMLTheme.light.declarations) }
        @media screen and (prefers-color-scheme: dark) { :root { \(HTMLTheme.dark.declarations) } }
        \(page)
        \(tables)
        \(charts)
        \(cases)
        \(narrow)
        \(print)
        """

    private static let page = """
        * { box-sizing: border-box; }
        html { scroll-behavior: smooth; } @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
        body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 76rem; background: var(--ground); color: var(--text);
          font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
        h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .75rem; }
        h2 { font-size: 1.3rem; line-height: 1.3; margin: 3rem 0 .5rem; }
        h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
        h4 { font-size: .95rem; margin: .5rem 0 .25rem; }
        p { margin: .5rem 0; max-width: 46rem; }
        a { color: var(--series0); }
        :focus-visible { outline: 3px solid var(--series0); outline-offset: 2px; }
        .skip { position: absolute; left: -100rem; } .skip:focus { position: static; }
        .summary { font-size: 1.2rem; max-width: 50rem; }
        .note { color: var(--soft); font-size: .92rem; }
        .warning { border-left: .3rem solid var(--series1); padding: .4rem .8rem; background: var(--panel); }
        nav ul { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; list-style: none; margin: 1.25rem 0 0; padding: .6rem 0;
          border: solid var(--line); border-width: 1px 0; font-size: .92rem; }
        summary { cursor: pointer; }
        pre { background: var(--panel); padding: .75rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; margin: .5rem 0; }
        """

    private static let tables = """
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; margin: .75rem 0; font-variant-numeric: tabular-nums; }
        caption { text-align: left; padding-bottom: .25rem; color: var(--soft); font-size: .92rem; }
        th, td { text-align: left; vertical-align: top; padding: .35rem 1rem .35rem 0; border-bottom: 1px solid var(--line);
          font-weight: normal; overflow-wrap: break-word; }
        thead th { color: var(--soft); font-size: .92rem; vertical-align: bottom; }
        .number { text-align: right; } td.number { white-space: nowrap; }
        .main > * { background: var(--panel); }
        strong { font-weight: 700; }
        .wide { font-size: .94rem; } .wide tbody th { min-width: 8rem; } .wide th, .wide td { padding-right: .75rem; }
        .dense { font-size: .86rem; } .dense th, .dense td { padding-right: .55rem; } .dense tbody th { min-width: 6rem; }
        .narrow { width: auto; } .narrow tbody > tr > * { white-space: normal; overflow-wrap: anywhere; }
        .narrow th, .narrow td { padding-right: 1.5rem; }
        """

    private static let charts = """
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); gap: .5rem 2.5rem; }
        figure { margin: 1rem 0; }
        figcaption { font-weight: 600; margin-bottom: .35rem; }
        svg { display: block; width: 100%; max-width: 40rem; height: auto; }
        svg text { fill: var(--text); font: 12px system-ui, sans-serif; }
        svg .soft { fill: var(--soft); } svg .strong { font-weight: 600; }
        svg .haloed { paint-order: stroke; stroke: var(--ground); stroke-width: 4px; stroke-linejoin: round; }
        svg path { fill: none; stroke: var(--text); stroke-width: 1.5; }
        svg .grid { stroke: var(--line); stroke-width: 1; } svg .axis { stroke: var(--soft); stroke-width: 1; }
        svg .line { stroke-width: 2.2; stroke-linejoin: round; } svg .leader { stroke-width: .8; opacity: .7; }
        svg .reference { stroke-width: 2.5; } svg .dashed { stroke-dasharray: 4 3; }
        svg .zero { stroke: var(--text); stroke-width: 1.5; } svg .mean { stroke-width: 2; stroke-dasharray: 5 3; } svg .bridge { stroke: var(--soft); stroke-width: 2.5; }
        svg .hollow { fill: var(--ground); stroke-width: 2.5; }
        svg .win { fill: var(--series0); } svg .loss { fill: var(--series1); } svg .bar { fill: var(--series3); } svg .right { fill: var(--series2); }
        \(HTMLTheme.light.series.indices.map { "svg .series\($0) { stroke: var(--series\($0)); }" }.joined(separator: " "))
        \(HTMLTheme.light.series.indices.map { "svg .dot.series\($0) { fill: var(--series\($0)); }" }.joined(separator: " "))
        """

    private static let cases = """
        .case { border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; padding: .5rem .8rem; }
        .case summary { display: flex; flex-wrap: wrap; gap: 0 1rem; justify-content: space-between; align-items: baseline; }
        .case summary::before { content: "▸"; color: var(--soft); } .case[open] summary::before { content: "▾"; }
        .query { font-weight: 600; flex: 1 1 18rem; } .change { font-variant-numeric: tabular-nums; }
        .sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem 2rem; }
        .ranking { padding-left: 1.6rem; margin: .25rem 0; } .ranking li { margin: .5rem 0; } .ranking p { margin: .1rem 0; }
        .ranking li.relevant { border-left: .2rem solid var(--good); padding-left: .5rem; margin-left: -.7rem; }
        .ranking li.wrong { border-left: .2rem dashed var(--bad); padding-left: .5rem; margin-left: -.7rem; }
        .label { font-size: .85rem; color: var(--soft); } .relevant .label { color: var(--good); font-weight: 600; }
        .wrong .label { color: var(--bad); font-weight: 600; }
        .snippet { font-size: .9rem; color: var(--soft); }
        mark { background: var(--mark); color: var(--text); border-radius: .15rem; padding: 0 .1rem; }
        """

    private static let narrow = """
        @media (max-width: 46rem) {
          h1 { font-size: 1.4rem; } .summary { font-size: 1.08rem; }
          .sides { grid-template-columns: 1fr; gap: 0; }
          .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          .wide, .wide tbody, .wide tr, .wide caption { display: block; }
          .wide tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
          .wide tbody th, .wide td { display: flex; gap: 1rem; justify-content: space-between; border: 0; padding: .1rem 0; }
          .wide tbody th { font-weight: 600; }
          .wide td::before { content: attr(data-title); color: var(--soft); flex: 0 0 40%; text-align: left;
            font-weight: normal; }
          .wide td, .wide td.number { text-align: right; white-space: normal; }
          .wide .main { background: var(--panel); padding-left: .5rem; padding-right: .5rem; }
          svg text { font-size: 15px; }
        }
        """

    private static let print = """
        @media print {
          html { font-size: 9.5pt; } body { max-width: none; padding: 0; } nav, .skip { display: none; }
          h2, h3, tr, figure, .case { break-inside: avoid; } svg { max-width: 30rem; } h2, h3 { break-after: avoid; }
          details::details-content { content-visibility: visible; height: auto; }
        }
        """
}
