// The forum's own script: its publish button appends the message, as a real forum would.
document.getElementById("reply").addEventListener("submit", (event) => {
  event.preventDefault();
  const box = document.getElementById("message");
  const text = box.value.trim();
  if (text === "") return;
  const post = document.getElementById("empty").content.cloneNode(true);
  post.querySelector(".author").textContent = document.querySelector("[data-account]").textContent;
  const time = post.querySelector("time");
  time.dateTime = new Date().toISOString();
  time.textContent = "à l’instant";
  for (const paragraph of text.split(/\n{2,}/)) {
    const p = document.createElement("p");
    p.textContent = paragraph;
    post.querySelector(".post-body").append(p);
  }
  const thread = document.getElementById("thread");
  thread.append(post);
  document.querySelector("[data-count]").textContent = thread.children.length;
  box.value = "";
});
