package credit.approval;

import credit.approval.format.Coverage;
import credit.approval.format.Incentive;
import credit.approval.format.ItemRule;
import credit.approval.format.Json;
import credit.approval.format.Restriction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An answer as a JSON object; its member names are the interface of the HTTP service. */
public final class AnswerJson {
  /** Sources and list change with a version only, so they are written once for many answers. */
  private static final LastWritten SOURCES = new LastWritten();

  private static final LastWritten LIST = new LastWritten();

  private AnswerJson() {}

  static String write(Answer answer) {
    return Json.write(object(answer));
  }

  /** The answer's members in their fixed order. */
  public static Map<String, Object> object(Answer answer) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("outcome", answer.outcome());
    out.put("permitted", answer.permitted());
    out.put("historical", answer.historical());
    out.put("simplified_handling", answer.permitted() ? "available" : "not available");
    out.put("ordinary_procedure", "open");
    out.put("id_scheme", answer.idScheme());
    out.put("code", answer.code());
    out.put("mode", answer.mode().label());
    out.put("item", answer.item());
    out.put("at", answer.at());
    out.put("reasons", answer.reasons());
    out.put("restrictions", answer.restrictions().stream().map(AnswerJson::object).toList());
    out.put("item_rule", answer.itemRule() == null ? null : object(answer.itemRule()));
    out.put("sources", SOURCES.of(answer.sources(), AnswerJson::sources));
    out.put("incentives", answer.incentives().stream().map(AnswerJson::object).toList());
    out.put("related", answer.related().stream().map(AnswerJson::object).toList());
    out.put("list", answer.list() == null ? null : LIST.of(answer.list(), AnswerJson::object));
    out.put("checked_at", answer.checkedAt());
    return out;
  }

  private static Map<String, Object> object(Restriction r) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("entry_id", r.entryId());
    out.put("name", r.name());
    out.put("item", r.item());
    out.put("effective_from", r.effectiveFrom());
    out.put("effective_until", r.effectiveUntil());
    out.put("cause", r.cause());
    out.put("basis", r.basis());
    out.put("act_no", r.actNo());
    out.put("act_authority", r.actAuthority());
    out.put("act_date", r.actDate());
    out.put("source_records", r.sourceRecords());
    return out;
  }

  private static Map<String, Object> object(ItemRule rule) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("item", rule.item());
    out.put("excluded", rule.excluded());
    out.put("new_applicant", rule.newApplicantPermitted() ? "permitted" : "refused");
    out.put("basis", rule.basis());
    return out;
  }

  private static List<?> sources(List<Coverage> sources) {
    return sources.stream().map(AnswerJson::object).toList();
  }

  private static Map<String, Object> object(Coverage source) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("source", source.source());
    out.put("authority", source.authority());
    out.put("territory", source.territory());
    out.put("required", source.required());
    out.put("complete_through", source.completeThrough());
    out.put("interval_days", source.intervalDays());
    return out;
  }

  private static Map<String, Object> object(Incentive incentive) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("entry_id", incentive.entryId());
    out.put("measure", incentive.measure());
    out.put("item", incentive.item());
    out.put("effective_from", incentive.effectiveFrom());
    out.put("effective_until", incentive.effectiveUntil());
    out.put("cause", incentive.cause());
    out.put("basis", incentive.basis());
    out.put("act_no", incentive.actNo());
    out.put("source_records", incentive.sourceRecords());
    return out;
  }

  /** The list version's members. */
  public static Map<String, Object> object(Answer.ListStamp list) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("list", list.list());
    out.put("scope", list.scope());
    out.put("version", list.version());
    out.put("manifest_sha256", list.manifestSha256());
    out.put("key_id", list.keyId());
    out.put("as_of", list.asOf());
    out.put("known_at", list.knownAt());
    out.put("expires_at", list.expiresAt());
    out.put("rules_pending_review", list.rulesPendingReview());
    return out;
  }

  /** The JSON of the value that was asked for last, which cannot be changed. */
  private static final class LastWritten {
    private volatile Of last = new Of(null, null);

    private record Of(Object value, Json.Written json) {}

    <T> Json.Written of(T value, Function<T, Object> object) {
      Of held = last;
      if (held.value != value) {
        held = new Of(value, new Json.Written(object.apply(value)));
        last = held;
      }
      return held.json;
    }
  }
}
