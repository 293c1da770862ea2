// Lets the clocks on the page run with the demo's clock. Without it they show the moment at which the page was made.
const ahead = Number(document.body.dataset.now) - Date.now();
const clocks = [...document.querySelectorAll('time[data-zone]')].map((element) => ({
  element,
  words: new Intl.DateTimeFormat(element.dataset.language, {
    timeZone: element.dataset.zone,
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }),
}));
setInterval(() => {
  const now = new Date(Date.now() + ahead);
  for (const { element, words } of clocks) {
    const text = words.format(now);
    if (element.textContent !== text) element.textContent = text;
  }
}, 1000);
