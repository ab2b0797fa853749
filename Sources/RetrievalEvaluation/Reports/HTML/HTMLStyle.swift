/// The style sheet of the report: one column, light and dark by the reader's choice, tables that fold on narrow screens.
enum HTMLStyle {
    static let text = """
        :root { color-scheme: light dark; --ground: #ffffff; --text: #1b1f24; --soft: #57606a; --line: #d5dbe1;
          --panel: #f5f7f9; --bar: #8c98a4; --main: #0a62b8; }
        @media (prefers-color-scheme: dark) {
          :root { --ground: #14171b; --text: #e5e9ed; --soft: #a4afba; --line: #333b44; --panel: #1c2127;
            --bar: #717e8b; --main: #6bb1f5; }
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 60rem; background: var(--ground); color: var(--text);
          font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem; }
        h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; }
        p { margin: .5rem 0; max-width: 45rem; }
        .summary { font-size: 1.15rem; }
        .note, caption { color: var(--soft); font-size: .9rem; }
        .warning { border-left: .25rem solid var(--main); padding: .25rem .75rem; background: var(--panel); }
        table { border-collapse: collapse; width: 100%; margin: .75rem 0; font-variant-numeric: tabular-nums; }
        caption { text-align: left; padding-bottom: .25rem; }
        th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line);
          font-weight: normal; overflow-wrap: anywhere; }
        thead th { color: var(--soft); font-size: .9rem; }
        .number { text-align: right; } .number, th { overflow-wrap: break-word; }
        .main th, .main td { font-weight: 600; }
        figure { margin: 1rem 0; }
        figcaption { font-weight: 600; }
        svg { display: block; width: 100%; max-width: 40rem; height: auto; }
        svg text { fill: var(--text); font: 12px system-ui, sans-serif; }
        svg .bar { fill: var(--bar); } svg .mainbar { fill: var(--main); }
        svg .whisker { stroke: var(--text); stroke-width: 1.5; }
        summary { cursor: pointer; }
        .narrow { width: auto; }
        .narrow th, .narrow td { padding-right: 1.5rem; }
        @media (max-width: 46rem) {
          .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          .wide, .wide tbody, .wide tr, .wide caption { display: block; }
          .wide tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
          .wide tbody th, .wide td { display: flex; gap: 1rem; justify-content: space-between; border: 0; padding: .1rem 0; }
          .wide tbody th { font-weight: 600; }
          .wide td::before { content: attr(data-title); color: var(--soft); flex: 0 0 40%; text-align: left;
            font-weight: normal; }
          .wide td { text-align: right; }
          svg text { font-size: 15px; }
        }
        @media print { body { max-width: none; } h2, tr, figure { break-inside: avoid; } }
        """
}
