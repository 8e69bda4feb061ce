package credit.jobs.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** Renders precompiled templates; what they print is escaped for the place where it stands. */
public final class Pages {
  private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(ContentType.Html);

  private Pages() {}

  /** The page that a template makes of a model. */
  public static String render(String template, Object model) {
    StringOutput output = new StringOutput();
    ENGINE.render(template, model, output);
    return output.toString();
  }
}
