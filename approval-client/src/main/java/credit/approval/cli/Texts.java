package credit.approval.cli;

import credit.approval.Answer;
import credit.approval.Outcome;
import credit.approval.format.Coverage;
import credit.approval.format.Incentive;
import credit.approval.format.Restriction;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** Answers and messages for people, in Chinese or English. */
final class Texts {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private final ResourceBundle messages;
  private final Locale locale;

  private Texts(Locale locale) {
    this.locale = locale;
    this.messages =
        ResourceBundle.getBundle(
            "credit.approval.cli.messages",
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** The texts of {@code zh} or {@code en}. */
  static Texts of(String lang) {
    return switch (lang) {
      case "zh" -> new Texts(Locale.CHINESE);
      case "en" -> new Texts(Locale.ENGLISH);
      default -> throw new UsageException("--lang is '" + lang + "'; it must be zh or en");
    };
  }

  static Texts ofDefaultLocale(Locale locale) {
    return of(locale.getLanguage().equals("zh") ? "zh" : "en");
  }

  String message(String key, Object... arguments) {
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = String.valueOf(arguments[i]);
    }
    return new MessageFormat(messages.getString(key), locale).format(texts);
  }

  /** The answer as a person reads it. */
  String answer(Answer answer) {
    StringBuilder out = new StringBuilder();
    line(out, message("outcome." + answer.outcome(), answer.code()));
    if (!answer.reasons().isEmpty() && answer.outcome() != Outcome.CLEAR) {
      answer.reasons().stream().distinct().forEach(r -> line(out, "  - " + reason(r)));
    }
    answer.restrictions().forEach(r -> line(out, oneLine(restriction(r))));
    if (answer.itemRule() != null && dependsOnItem(answer.outcome())) {
      line(out, message("item.basis", answer.item(), answer.itemRule().basis()));
    }
    if (answer.permitted()) {
      String sources = String.join(", ", answer.sources().stream().map(Coverage::source).toList());
      line(out, message("sources", sources));
    }
    answer.incentives().forEach(i -> line(out, oneLine(incentive(i))));
    line(out, message(verdict(answer), message("mode." + answer.mode().label())));
    answer
        .related()
        .forEach(r -> line(out, message("related", answer(r).indent(4).stripTrailing())));
    listLine(out, answer);
    return out.toString().stripTrailing();
  }

  private void listLine(StringBuilder out, Answer answer) {
    Answer.ListStamp list = answer.list();
    if (list == null) {
      return;
    }
    String hash = list.manifestSha256().substring(0, 12);
    String key = answer.historical() ? "list.archived" : "list";
    line(
        out,
        message(
            key,
            list.version(),
            list.asOf(),
            hash,
            list.keyId(),
            answer.at(),
            list.expiresAt() == null ? null : time(list.expiresAt())));
    if (!list.rulesPendingReview().isEmpty()) {
      line(out, message("list.pending", list.rulesPendingReview().size()));
    }
  }

  /** A moment by the clock of those who read it, since their days are Shanghai's too. */
  static String time(Instant moment) {
    return moment
        .truncatedTo(ChronoUnit.SECONDS)
        .atZone(SHANGHAI)
        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  }

  private static boolean dependsOnItem(Outcome outcome) {
    return outcome == Outcome.ITEM_NOT_ELIGIBLE || outcome == Outcome.NEW_APPLICANT;
  }

  /** Text from the list must not pass for a line of the answer. */
  private static String oneLine(String text) {
    return text.replace('\n', ' ');
  }

  private static String verdict(Answer answer) {
    return answer.historical()
        ? "verdict.historical"
        : answer.permitted() ? "permitted" : "refused";
  }

  private String restriction(Restriction r) {
    return message(
        "restriction",
        r.entryId(),
        r.item().isEmpty() ? message("item.all") : r.item(),
        r.effectiveFrom(),
        r.effectiveUntil() == null ? message("until.event") : r.effectiveUntil(),
        r.basis(),
        r.actNo(),
        r.actAuthority(),
        String.join(", ", r.sourceRecords()));
  }

  private String incentive(Incentive i) {
    return message("incentive", i.measure(), i.effectiveFrom(), i.basis());
  }

  /** A reason code in words; the part behind the colon names a source, an item or a scheme. */
  private String reason(String code) {
    int colon = code.indexOf(':');
    String key = colon < 0 ? code : code.substring(0, colon);
    String detail = colon < 0 ? "" : code.substring(colon + 1);
    try {
      return message("reason." + key, detail);
    } catch (MissingResourceException e) {
      return code;
    }
  }

  private static void line(StringBuilder out, String text) {
    out.append(text).append('\n');
  }
}
