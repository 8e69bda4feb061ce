package credit.approval.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code credit.yaml}: flat lines {@code key: value}, the part of YAML that settings need.
 * Anything else is refused, so that no setting is read otherwise than the pipeline reads it.
 */
final class SettingsFile {
  private static final Pattern LINE =
      Pattern.compile(
          "([A-Za-z0-9_-]+):\\s+(?:'([^'\\\\]*)'|\"([^\"\\\\]*)\"|(.*?))\\s*(?:\\s#.*)?");

  /** What would begin something else than a plain value in YAML. */
  private static final Pattern NOT_PLAIN =
      Pattern.compile("[\\[\\]{}&*!|>%@`'\",#?].*|-\\s.*|.*: .*");

  private SettingsFile() {}

  /**
   * The settings; none where there is no file.
   *
   * @throws UsageException with file, line and remedy
   */
  static Map<String, String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UsageException(file + " cannot be read (" + e.getMessage() + "); correct it");
    }
    Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).stripTrailing();
      boolean content = !line.isBlank() && !line.strip().startsWith("#") && !line.equals("---");
      if (content) {
        put(settings, line, file + " line " + (i + 1));
      }
    }
    return settings;
  }

  private static void put(Map<String, String> settings, String line, String where) {
    Matcher parts = LINE.matcher(line);
    String plain = parts.matches() ? parts.group(4) : null;
    boolean good = parts.matches() && (plain == null || !NOT_PLAIN.matcher(plain).matches());
    String value = !good ? "" : plain != null ? plain : quoted(parts);
    if (value.isEmpty()) {
      throw new UsageException(
          where + ": '" + line + "' is not 'key: value', such as 'warehouse: /data/warehouse'");
    }
    if (settings.put(parts.group(1), value) != null) {
      throw new UsageException(where + ": '" + parts.group(1) + "' stands twice; keep one");
    }
  }

  private static String quoted(Matcher parts) {
    return parts.group(2) != null ? parts.group(2) : parts.group(3);
  }
}
