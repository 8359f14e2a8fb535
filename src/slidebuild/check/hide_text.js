// Leaves of the page what is behind its text.
() => {
  const style = document.createElement("style");
  style.textContent = `.remark-slide-content *, .remark-slide-content {
    color: transparent !important; -webkit-text-fill-color: transparent !important; text-shadow: none !important;
    -webkit-text-stroke-color: transparent !important; text-decoration-color: transparent !important;
  }`;
  document.head.append(style);
}
