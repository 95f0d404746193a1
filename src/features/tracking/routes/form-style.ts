/** The look of hosted forms. Contrast of every text on its ground is at least 4.5, of every edge 3 (WCAG 2.2 AA), in both schemes. */
export const formStyle = `
:root { color-scheme: light dark; --ground: #ffffff; --ink: #1c2430; --soft: #566072; --edge: #7a8494; --act: #2257c4; --act-ink: #ffffff; --wrong: #b3261e; --wrong-ground: #fdf1f0; }
@media (prefers-color-scheme: dark) { :root { --ground: #14181f; --ink: #e8ebf0; --soft: #a9b2c0; --edge: #7d8798; --act: #8ab0ff; --act-ink: #0d1526; --wrong: #ff9d94; --wrong-ground: #2a1a19; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
main { max-width: 34rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; }
p { margin: 0 0 .75rem; }
a { color: var(--act); }
.small { color: var(--soft); font-size: .875rem; font-weight: 400; }
.field { margin: 0 0 1.125rem; }
.field > label { display: block; font-weight: 600; margin-bottom: .25rem; }
.field .small { margin-bottom: .25rem; }
input, select, textarea { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--edge); border-radius: .375rem; }
textarea { resize: vertical; }
.choice { display: flex; gap: .75rem; align-items: flex-start; margin: 0; }
.choice input { width: 1.5rem; height: 1.5rem; min-height: 0; flex: none; margin: 0; accent-color: var(--act); }
button { min-height: 2.75rem; padding: .5rem 1.5rem; font: inherit; font-weight: 600; color: var(--act-ink); background: var(--act); border: 0; border-radius: .375rem; cursor: pointer; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.wrong input, .wrong select, .wrong textarea { border-color: var(--wrong); border-width: 2px; }
.problem { color: var(--wrong); font-weight: 600; font-size: .875rem; margin-bottom: .25rem; }
.notice { border: 1px solid var(--wrong); border-left-width: 4px; border-radius: .375rem; background: var(--wrong-ground); padding: .75rem 1rem; margin: 0 0 1.25rem; }
.notice p:last-child, .notice ul { margin: 0; }
.notice a { color: inherit; }
.trap { position: absolute; left: -200vw; width: 1px; height: 1px; overflow: hidden; }
`;
