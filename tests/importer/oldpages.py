"""Old pages of each kind, written for these tests."""

from __future__ import annotations

from typing import Final

PIXEL: Final = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff?"
    b"\0\x05\xfe\x02\xfe\xa75\x81\x84\0\0\0\0IEND\xaeB`\x82"
)

REMARK: Final = """<!DOCTYPE html>
<html lang="fr">
  <head>
    <title>Bread &amp;
      butter: a talk</title>
    <meta charset="utf-8">
    <meta name="author" content="A. Baker">
    <meta name="author" content="B. Miller">
    <meta name="description" content="How to &quot;bake&quot;">
    <link rel="stylesheet" href="css/base.css">
    <style>
      @import url(https://fonts.googleapis.com/css?family=Lato);
      .big { font-size: 200%; background: url(img/oven.png) }
    </style>
    <style media="print">.big { color: black }</style>
    <link rel="stylesheet" href="https://cdn.example/animate.css">
  </head>
  <body>
    <div class="brand">The Bakery</div>
    <textarea id="source">

class: center

# Bread &amp; butter

if (a &lt; b &amp;&amp; c > d) &quot;quoted&quot; <b>bold</b> &amp;lt;

![oven](img/oven.png) and `img/oven.png`
---
![gone](img/gone.png), ![:scale 50%](img/oven.png)

[recipe](files/recipe.txt), [next](more.html)
</textarea>
    <script src="https://remarkjs.com/downloads/remark-latest.min.js"></script>
    <script src="https://cdn.example/counter.js"></script>
    <script>
      remark.macros.shout = function (word) {
        return '<b>' + word + '</b>';
      };
      var slideshow = remark.create({
        ratio: '16:9', // wide
        highlightLines: 1,
        highlightSpans: /«([^»]+)»/gi,
        navigation: { scroll: false, clicks: true },
        slideNumberFormat: function (current, total) { return current; },
        timer: { formatter: (ms) => ms, enabled: false },
        countSlides: wrong,
      });
      slideshow.on('showSlide', function (slide) { console.log(slide); });
    </script>
  </body>
</html>
"""

SOURCE_URL: Final = """<html><head><title>Linked</title></head><body>
<script src="remark.min.js"></script>
<script>remark.create({sourceUrl: 'slides.md', ratio: "4:3"})</script>
<script type="text/x-mathjax-config">MathJax.Hub.Config({})</script>
<script src="https://cdn.example/MathJax.js?config=TeX"></script>
</body></html>
"""

XARINGAN: Final = """<!DOCTYPE html>
<html lang="" xml:lang="">
  <head>
    <title>Ninjas</title>
    <meta charset="utf-8" />
    <meta name="author" content="Y. Z." />
    <meta name="date" content="2020-02-30" />
    <script src="libs/header-attrs/header-attrs.js"></script>
    <link href="libs/remark-css/default.css" rel="stylesheet" />
  </head>
  <body>
    <textarea id="source">
class: center, middle, inverse, title-slide

# Ninjas

---
&lt;img src="fig/plot-1.png" width="50%" /&gt; $e^{i\\pi}$ and `\\(x_1\\)`
    </textarea>
<style data-target="print-only">@media screen {.remark-slide-container{display:block;}}</style>
<script src="https://remarkjs.com/downloads/remark-latest.min.js"></script>
<script>var slideshow = remark.create({
"highlightStyle": "github",
"countIncrementalSlides": false
});
if (window.HTMLWidgets) slideshow.on('afterShowSlide', function (slide) {
  window.dispatchEvent(new Event('resize'));
});
(function(d) { d.body.className = "x"; })(document);</script>
<!-- dynamically load mathjax for compatibility with self-contained -->
  </body>
</html>
"""
