// Lays the loaded page out as it is printed; how many slides there are.
(css, layOut) => {
  layOut(css);
  return document.querySelectorAll(".remark-slide-container").length;
}
