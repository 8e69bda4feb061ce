package credit.approval.serve;

import credit.approval.Answer;
import credit.approval.ListClient;
import credit.approval.ListView;
import credit.approval.Outcome;
import credit.approval.RefreshResult;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counters in Prometheus' text format. */
final class Metrics {
  private final Map<Outcome, LongAdder> checks = new EnumMap<>(Outcome.class);
  private final LongAdder auditFailures = new LongAdder();

  Metrics() {
    for (Outcome outcome : Outcome.values()) {
      checks.put(outcome, new LongAdder());
    }
  }

  void count(Outcome outcome) {
    checks.get(outcome).increment();
  }

  void countAuditFailure() {
    auditFailures.increment();
  }

  String render(ListClient client) {
    StringBuilder out = new StringBuilder();
    head(out, "credit_checks_total", "counter", "Checks answered, by outcome.");
    checks.forEach(
        (outcome, count) ->
            out.append("credit_checks_total{outcome=\"")
                .append(outcome.name().toLowerCase(Locale.ROOT))
                .append("\"} ")
                .append(count.sum())
                .append('\n'));
    value(
        out,
        "credit_audit_failures_total",
        "counter",
        "Answers withheld because the log could not be written.",
        auditFailures.sum());
    ListView view = client.view();
    Optional<Answer.ListStamp> list = view.list();
    value(
        out,
        "credit_list_version",
        "gauge",
        "Version of the list in force; 0: none.",
        list.map(Answer.ListStamp::version).orElse(0L));
    value(
        out,
        "credit_list_expires_in_seconds",
        "gauge",
        "Seconds until the list in force expires; negative: stale.",
        list.map(l -> Duration.between(view.now(), l.expiresAt()).toSeconds()).orElse(-1L));
    value(out, "credit_list_restrictions", "gauge", "Rows of restrictions.", view.restrictions());
    value(out, "credit_list_subjects", "gauge", "Firms and intervals spoken for.", view.subjects());
    value(
        out,
        "credit_refresh_refused",
        "gauge",
        "Whether the last refresh was refused.",
        client.lastRefresh().state() == RefreshResult.State.REFUSED ? 1 : 0);
    value(
        out,
        "credit_ready",
        "gauge",
        "Whether the list in force can answer.",
        view.isFresh() ? 1 : 0);
    return out.toString();
  }

  private static void value(StringBuilder out, String name, String type, String help, long value) {
    head(out, name, type, help);
    out.append(name).append(' ').append(value).append('\n');
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }
}
