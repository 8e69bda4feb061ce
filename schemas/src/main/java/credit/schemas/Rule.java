package credit.schemas;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A rule of law or practice, as data.
 *
 * @param id unique in its file
 * @param titleZh title in Chinese
 * @param titleEn title in English
 * @param when Spark SQL condition over the rule file's table
 * @param effect what follows, in the rule file's own terms
 * @param basis legal basis or source, as it is shown and published
 * @param basisStatus how its author knows it; for those who confirm the rule, never published
 * @param effectiveFrom first day in force
 * @param effectiveUntil day on which it is no longer in force; null: open
 * @param confirmed whether an officer confirmed it against a document
 * @param confirmedBy the officer; null while pending
 * @param document the document; null while pending
 * @param line line in its file
 */
public record Rule(
    String id,
    String titleZh,
    String titleEn,
    String when,
    Map<String, Object> effect,
    String basis,
    List<Basis.Mark> basisStatus,
    LocalDate effectiveFrom,
    LocalDate effectiveUntil,
    boolean confirmed,
    String confirmedBy,
    String document,
    int line) {

  /** Whether the day lies in [effectiveFrom, effectiveUntil). */
  public boolean effectiveOn(LocalDate day) {
    return !day.isBefore(effectiveFrom) && (effectiveUntil == null || day.isBefore(effectiveUntil));
  }

  /** Title in {@code zh} or {@code en}. */
  public String title(String language) {
    return language.equals("en") ? titleEn : titleZh;
  }

  /** A value of the effect as text, or null. */
  public String effect(String key) {
    Object value = effect.get(key);
    return value == null || value.equals("") ? null : value.toString();
  }

  static Rule of(Yaml yaml) {
    yaml.allow(
        "id",
        "title",
        "when",
        "effect",
        "basis",
        "effective_from",
        "effective_until",
        "review",
        "confirmed_by",
        "document");
    Yaml title = yaml.get("title").allow("zh", "en");
    LocalDate from =
        yaml.date("effective_from")
            .orElseThrow(() -> yaml.refuse("'effective_from' is missing", "add a date"));
    LocalDate until = yaml.date("effective_until").orElse(null);
    if (until != null && !from.isBefore(until)) {
      throw yaml.get("effective_until")
          .refuse("the rule ends before it begins", "set effective_until after effective_from");
    }
    yaml.text("basis");
    Basis basis = Basis.of(yaml.get("basis"));
    boolean confirmed = yaml.oneOf("review", null, "pending", "confirmed").equals("confirmed");
    return new Rule(
        yaml.text("id"),
        title.text("zh"),
        title.text("en"),
        yaml.text("when", "true"),
        yaml.plainMap("effect"),
        basis.text(),
        basis.marks(),
        from,
        until,
        confirmed,
        confirmed ? yaml.text("confirmed_by") : null,
        confirmed ? yaml.text("document") : null,
        yaml.line());
  }
}
