package credit.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a rule leans on. In a rule file each part of it may end with marks that tell those who
 * confirm the rule how its author knows it: {@code [V]} verified, {@code [R]} reported. A mark may
 * name of what it speaks, if not of the whole part: {@code Order 36 [V][R amounts]; Order 45 [R]}.
 *
 * @param text what is shown and published: without marks
 * @param marks the marks, in their order
 */
public record Basis(String text, List<Mark> marks) {
  private static final Pattern MARK = Pattern.compile("\\s*\\[(?=[A-Za-z])([^\\[\\]]*)\\]");
  private static final Pattern NEXT_PART = Pattern.compile("[;；]");
  private static final String REMEDY =
      "end a part of the basis with [V] or [R], and parts with ';' or '；'";

  /** How the author of a rule knows something. */
  public enum Status {
    /** A public source was seen. */
    VERIFIED,
    /** From memory, or a working assumption. */
    REPORTED
  }

  /**
   * A mark.
   *
   * @param of what of the rule it speaks of: a part of the basis, or what the mark names
   */
  public record Mark(Status status, String of) {}

  static Basis of(Yaml yaml) {
    String written = yaml.text();
    List<Mark> marks = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    Matcher matcher = MARK.matcher(written);
    int end = 0;
    while (matcher.find()) {
      String before = written.substring(end, matcher.start());
      requireEndOfPart(yaml, end > 0 ? before : ";");
      text.append(before);
      marks.add(mark(yaml, matcher.group(1), lastPart(text.toString())));
      end = matcher.end();
    }
    String rest = written.substring(end);
    requireEndOfPart(yaml, end > 0 ? rest : ";");
    text.append(rest);
    if (text.toString().isBlank() || text.toString().matches("(?s).*\\[[A-Za-z].*")) {
      throw yaml.refuse(
          "'basis' has a mark that does not close, or before which nothing stands", REMEDY);
    }
    return new Basis(text.toString(), List.copyOf(marks));
  }

  /** After a mark comes the end, another mark or a further part. */
  private static void requireEndOfPart(Yaml yaml, String afterMark) {
    if (!afterMark.isEmpty() && !NEXT_PART.matcher(afterMark.strip()).lookingAt()) {
      throw yaml.refuse("'basis' has a mark amid a part, before '" + afterMark + "'", REMEDY);
    }
  }

  private static String lastPart(String text) {
    int begin = Math.max(text.lastIndexOf(';'), text.lastIndexOf('；')) + 1;
    return text.substring(begin).strip();
  }

  private static Mark mark(Yaml yaml, String content, String part) {
    String[] words = content.split("\\s+", 2);
    Status status =
        switch (words[0]) {
          case "V" -> Status.VERIFIED;
          case "R" -> Status.REPORTED;
          default -> throw yaml.refuse("'basis' has the unknown mark [" + content + "]", REMEDY);
        };
    return new Mark(status, words.length == 1 ? part : words[1].strip());
  }
}
