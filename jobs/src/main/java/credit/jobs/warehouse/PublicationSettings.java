package credit.jobs.warehouse;

import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.util.List;

/**
 * Settings of {@code publication.yaml}, the rules on what the public may see.
 *
 * @param sourceUntil detail of an event under which its source says when to end the display; null:
 *     none does
 * @param fileEvents kinds of events, beside penalties, that a firm's public file tells
 */
public record PublicationSettings(String sourceUntil, List<String> fileEvents) {
  private static final String SOURCE_UNTIL = "source_until";
  private static final String FILE_EVENTS = "file_events";

  /** What a jurisdiction set; without the rule file, or the setting, nothing. */
  public static PublicationSettings of(Schemas schemas) {
    RuleFile file = schemas.rules().get("publication");
    if (file == null) {
      return new PublicationSettings(null, List.of());
    }
    RuleSettings settings = RuleSettings.of(file);
    return new PublicationSettings(
        settings.has(SOURCE_UNTIL) ? settings.text(SOURCE_UNTIL) : null,
        settings.has(FILE_EVENTS) ? settings.texts(FILE_EVENTS) : List.of());
  }
}
