/** For one hand, in the sun: large, and dark on light as the phone has it. */
export const PHONE_STYLE = `
:root { color-scheme: light dark; --line: #8886; --mark: #1a5fb4; --bad: #b3261e; --good: #1b6e33; }
@media (prefers-color-scheme: dark) { :root { --mark: #99c1f1; --bad: #ff8a80; --good: #8ddb9b; } }
* { box-sizing: border-box; }
body { font: 17px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 34rem; padding: .75rem 1rem 3rem; }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; }
h1 { font-size: 1.3rem; margin: .25rem 0; }
h2 { font-size: 1rem; margin: 0; }
ol { padding-left: 1.4rem; margin: .25rem 0; }
details { margin: .5rem 0; }
summary { font-weight: 600; padding: .5rem 0; }
section { border-top: 1px solid var(--line); padding: .6rem 0; }
.pick { display: flex; gap: .5rem; margin-top: .4rem; }
.pick label { flex: 1; border: 1px solid var(--mark); border-radius: .5rem; color: var(--mark); padding: .7rem .25rem; text-align: center; }
.pick input { position: absolute; opacity: 0; width: 1px; height: 1px; }
.pick label:focus-within { outline: 3px solid var(--mark); }
ul { list-style: none; margin: .3rem 0 0; padding: 0; }
li.file { display: flex; gap: .5rem; align-items: center; padding: .3rem 0; flex-wrap: wrap; }
li.file span { flex: 1; min-width: 8rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
progress { width: 100%; height: .5rem; }
.bad { color: var(--bad); } .good { color: var(--good); }
label.field { display: block; margin: .6rem 0; }
input[type=datetime-local], input[type=text], select { display: block; font: inherit; margin-top: .2rem; padding: .6rem; width: 100%; }
button { font: inherit; padding: .3rem .6rem; }
#done { width: 100%; padding: .9rem; font-weight: 600; background: var(--mark); color: Canvas; border: 0; border-radius: .5rem; }
#done:disabled { opacity: .5; }
`;
