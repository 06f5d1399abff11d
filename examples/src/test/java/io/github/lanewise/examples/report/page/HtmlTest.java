package io.github.lanewise.examples.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HtmlTest {

  @Test
  void textsAndAttributesAreEscaped() {
    Html html = new Html();
    html.leaf("p", "<a href=\"x\"> & 'b'", "title", "\"><script>'&");
    assertEquals(
        "<!DOCTYPE html>\n"
            + "<p title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">"
            + "&lt;a href=&quot;x&quot;&gt; &amp; &#39;b&#39;</p>\n",
        html.document());
  }

  @Test
  void controlCharactersAreReplacedAndOthersKept() {
    Html html = new Html().text("a\u0000\u001b\u0085\nb\u00e9\ud83d\ude00");
    assertTrue(html.document().endsWith("a\ufffd\ufffd\ufffd\nb\u00e9\ud83d\ude00"));
  }

  @Test
  void elementsCloseInTurnAndAnOpenOneIsAnError() {
    Html html = new Html().open("div").open("span").close();
    assertThrows(IllegalStateException.class, html::document);
    html.close();
    assertEquals("<!DOCTYPE html>\n<div><span></span>\n</div>\n", html.document());
  }

  @Test
  void aStyleSheetCanNotEndItsElement() {
    Html html = new Html();
    assertThrows(IllegalArgumentException.class, () -> html.style("a{}</style><script>"));
    assertThrows(IllegalArgumentException.class, () -> html.single("img", "src"));
  }
}
