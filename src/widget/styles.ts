const dark = `
    --accent: var(--usher-accent, #7aa2ff);
    --on-accent: var(--usher-on-accent, #0b1020);
    --surface: var(--usher-surface, #16191f);
    --text: var(--usher-text, #e8eaed);
    --muted: var(--usher-muted, #a3abb5);
    --bot: var(--usher-bot-bubble, #252a33);
    --line: var(--usher-line, #363c46);
    --scheme: dark;`;

/** The chat's style; every colour and measure that a shop may want to change is a custom property. */
export const styles = `
:host {
  --accent: var(--usher-accent, #1d4ed8);
  --on-accent: var(--usher-on-accent, #fff);
  --surface: var(--usher-surface, #fff);
  --text: var(--usher-text, #1b1f24);
  --muted: var(--usher-muted, #57606a);
  --bot: var(--usher-bot-bubble, #eef1f5);
  --line: var(--usher-line, #d0d7de);
  --radius: var(--usher-radius, 16px);
  --font: var(--usher-font, system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif);
  --scheme: light;
}
@media (prefers-color-scheme: dark) {
  :host(:not([theme="light"])) {${dark}
  }
}
:host([theme="dark"]) {${dark}
}
* { box-sizing: border-box; }
/* What elements inherit from the page ends here. */
.chat { all: initial; display: block; font: 16px/1.45 var(--font); color: var(--text); color-scheme: var(--scheme); }
button { font: inherit; color: inherit; background: none; border: 0; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
svg { width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.launcher { position: fixed; inset-block-end: 20px; inset-inline-end: 20px; width: 56px; height: 56px; border-radius: 50%;
  background: var(--accent); color: var(--on-accent); box-shadow: 0 4px 16px rgb(0 0 0 / .25); display: grid; place-items: center; z-index: 2147483000; }
.badge { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-width: 22px; padding: 0 6px; border-radius: 11px;
  background: #b42318; color: #fff; font-size: 13px; line-height: 22px; }
.panel { position: fixed; inset-block-end: 88px; inset-inline-end: 20px; width: min(400px, calc(100vw - 40px)); height: min(640px, calc(100dvh - 108px));
  display: flex; flex-direction: column; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius);
  box-shadow: 0 12px 40px rgb(0 0 0 / .25); overflow: hidden; z-index: 2147483000; }
header { display: flex; align-items: center; gap: 4px; padding: 10px; padding-inline: 16px 12px; border-block-end: 1px solid var(--line); }
h2 { margin: 0; flex: 1; font-size: 17px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.icon { width: 36px; height: 36px; padding: 7px; border-radius: 10px; color: var(--muted); }
.icon:hover { background: var(--bot); }
.icon svg { width: 22px; height: 22px; }
.log { flex: 1; overflow-y: auto; padding: 16px; display: flex; flex-direction: column; gap: 10px; overscroll-behavior: contain; }
.newer { position: relative; }
.newer button { position: absolute; inset-block-end: 8px; inset-inline: 0; margin-inline: auto; width: max-content; padding: 6px 14px; min-height: 36px;
  border-radius: 18px; background: var(--accent); color: var(--on-accent); font-size: 14px; box-shadow: 0 2px 8px rgb(0 0 0 / .25); }
.message { flex: none; display: flex; flex-direction: column; align-items: flex-start; gap: 6px; max-width: 88%; }
.message.user { align-self: flex-end; align-items: flex-end; }
.sender, .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.bubble { margin: 0; padding: 9px 14px; border-radius: var(--radius); background: var(--bot); white-space: pre-wrap; overflow-wrap: anywhere; }
.user .bubble { background: var(--accent); color: var(--on-accent); }
/* Only what takes long is seen to wait. */
.sending .bubble { animation: wait .2s 1s forwards; }
@keyframes wait { to { background: var(--surface); color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); } }
.draft .bubble { color: var(--muted); }
.card { gap: 0; border: 1px solid var(--line); border-radius: var(--radius); overflow: hidden; }
.card img { order: -1; width: 100%; max-height: 260px; object-fit: cover; }
.card .bubble { background: none; }
.card .links, .card .buttons { padding: 0 14px 12px; }
.links { margin: 0; padding: 0; list-style: none; display: flex; flex-direction: column; gap: 4px; }
.links a { color: var(--accent); }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; }
.buttons button { padding: 8px 14px; min-height: 40px; border: 1px solid var(--accent); border-radius: 20px; color: var(--accent); text-align: start; }
.buttons button:hover { background: var(--bot); }
.failure, .notice { font-size: 14px; color: var(--muted); }
.failure button, .notice button { padding: 2px 4px; color: var(--accent); text-decoration: underline; }
.notice { margin: 0; padding: 8px 16px; border-block-start: 1px solid var(--line); }
.notice[hidden] { display: none; }
.typing { display: flex; gap: 5px; padding: 14px; background: var(--bot); border-radius: var(--radius); align-self: flex-start; }
.typing i { width: 7px; height: 7px; border-radius: 50%; background: var(--muted); animation: beat 1.2s infinite; }
.typing i:nth-child(2) { animation-delay: .15s; }
.typing i:nth-child(3) { animation-delay: .3s; }
@keyframes beat { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }
@media (prefers-reduced-motion: reduce) { .typing i { animation: none; } }
.composer { display: flex; gap: 8px; align-items: flex-end; padding: 12px; border-block-start: 1px solid var(--line); }
textarea { flex: 1; min-height: 44px; max-height: 120px; padding: 10px 14px; font: inherit; color: inherit; background: var(--surface);
  border: 1px solid var(--line); border-radius: 22px; resize: none; field-sizing: content; }
textarea:focus-visible { outline-offset: -1px; border-color: transparent; }
textarea::placeholder { color: var(--muted); opacity: 1; }
.composer button { width: 44px; height: 44px; flex: none; border-radius: 50%; background: var(--accent); color: var(--on-accent); display: grid; place-items: center; }
[dir="rtl"] .composer svg { transform: scaleX(-1); }
:disabled { opacity: .5; cursor: default; }
.closer { display: none; }
@media (max-width: 520px), (max-height: 420px) {
  .panel { inset: 0; width: 100%; height: 100dvh; border: 0; border-radius: 0; }
  .open .launcher { display: none; }
  .closer { display: block; }
}
`;
