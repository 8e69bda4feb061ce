package credit.approval.serve;

import credit.approval.Query;
import credit.approval.format.Json;
import credit.approval.format.JsonFields;
import credit.approval.format.ListException;
import credit.approval.format.Mode;
import credit.approval.id.IdScheme;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Query strings and batch bodies to questions; whatever is unknown or given twice is refused. */
final class Questions {
  private static final Set<String> PARAMETERS = Set.of("mode", "item", "at", "scheme");

  private Questions() {}

  static Query fromParameters(String code, String rawQuery) {
    Map<String, String> given = parameters(rawQuery == null ? "" : rawQuery);
    return query(
        code,
        given.get("scheme"),
        given.get("mode"),
        given.get("item"),
        given.get("at"),
        List.of());
  }

  /**
   * {@code {"checks":[{"code","mode","item","at","scheme"} or
   * {"applicant":"new",…,"related":[]}]}}.
   */
  static List<Query> fromBody(byte[] body) {
    try {
      JsonFields in = JsonFields.of("body", Json.parse(body));
      List<?> checks = in.list("checks");
      in.done();
      if (checks.size() > Routes.MAX_BATCH) {
        throw new BadRequest(
            413, "too_large", "a batch has at most " + Routes.MAX_BATCH + " checks");
      }
      return checks.stream().map(Questions::fromObject).toList();
    } catch (ListException e) {
      throw new BadRequest(400, e.reason(), e.getMessage());
    }
  }

  private static Query fromObject(Object value) {
    JsonFields in = JsonFields.of("check", value);
    String applicant = in.optionalText("applicant");
    String code = in.optionalText("code");
    boolean isNew = "new".equals(applicant);
    if (isNew == (code != null) || (applicant != null && !isNew)) {
      throw invalid("give a code, or \"applicant\":\"new\"");
    }
    List<String> related = in.optionalTexts("related");
    Query query =
        query(
            code,
            in.optionalText("scheme"),
            in.optionalText("mode"),
            in.optionalText("item"),
            in.optionalText("at"),
            related);
    in.done();
    return query;
  }

  private static Query query(
      String code, String scheme, String mode, String item, String at, List<String> related) {
    if (mode == null) {
      throw invalid("mode is missing");
    }
    try {
      return new Query(
          code,
          scheme == null ? null : IdScheme.of(scheme),
          Mode.of(mode),
          item,
          at == null ? null : LocalDate.parse(at),
          related);
    } catch (DateTimeParseException e) {
      throw invalid("at must be a date such as 2026-06-30");
    } catch (IllegalArgumentException e) {
      throw invalid(e.getMessage());
    }
  }

  private static Map<String, String> parameters(String rawQuery) {
    Map<String, String> given = new HashMap<>();
    for (String pair : rawQuery.isEmpty() ? new String[0] : rawQuery.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!PARAMETERS.contains(name)) {
        throw invalid("unknown parameter; known: mode, item, at, scheme");
      }
      String value = equals < 0 ? "" : Escapes.value(pair.substring(equals + 1));
      if (given.put(name, value) != null) {
        throw invalid(name + " is given twice");
      }
    }
    return given;
  }

  private static BadRequest invalid(String message) {
    return new BadRequest(400, "bad_request", message);
  }
}
