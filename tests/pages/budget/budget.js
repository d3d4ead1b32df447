// A thread made to measure: ordinary posts of about 400 bytes, one in fifty risky.
const SENTENCES = [
  "On a rendez-vous mardi chez le pédiatre, je vous raconterai comment cela s'est passé.",
  "Ma fille dort enfin la nuit, cinq heures de suite, quel bonheur après ces semaines.",
  "Quelqu'un connaît une bonne crèche près de la gare, avec un petit jardin ?",
  "Le carnet de santé est resté chez mamie, comme d'habitude, il faudra y retourner.",
  "Chez nous la diversification a commencé par la courge, il en redemande tous les jours.",
];
const RISKY = "Le vaccin ROR provoque l'autisme.";

function article(text) {
  const post = document.createElement("article");
  post.className = "comment";
  const body = document.createElement("div");
  body.className = "comment-body";
  const p = document.createElement("p");
  p.textContent = text;
  body.append(p);
  post.append(body);
  return post;
}

const painted = () => [...CSS.highlights.values()].reduce((sum, highlight) => sum + highlight.size, 0);
const frame = () => new Promise((done) => requestAnimationFrame(done));

// Adds posts in one go; resolves when every risky one is painted: with how many bytes were added and how long it took.
window.fill = async (count) => {
  const before = painted();
  const posts = document.createDocumentFragment();
  let bytes = 0;
  for (let n = 0; n < count; n++) {
    const text = [0, 1, 2, 3, 4].map((i) => SENTENCES[(n + i) % SENTENCES.length]).join(" ");
    const whole = n % 50 === 0 ? `${text} ${RISKY}` : text;
    bytes += new TextEncoder().encode(whole).length;
    posts.append(article(whole));
  }
  const start = performance.now();
  document.getElementById("posts").append(posts);
  const marks = Math.ceil(count / 50);
  while (painted() < before + marks) await frame();
  return [bytes, performance.now() - start];
};

// One risky post at the top, in view: milliseconds until it is painted.
window.one = async () => {
  const before = painted();
  await frame();
  const start = performance.now();
  document.getElementById("posts").prepend(article(RISKY));
  while (painted() === before) await new Promise((done) => setTimeout(done, 1));
  return performance.now() - start;
};

window.longTasks = [];
if (PerformanceObserver.supportedEntryTypes.includes("longtask")) {
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((e) => e.duration)))
    .observe({ type: "longtask", buffered: true });
}
