package credit.schemas;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one department delivers: its columns, how a row names its firm, and which events it means.
 * Expressions are Spark SQL over our column names; the jobs analyse them on an empty frame before
 * anything runs.
 *
 * @param id name of the contract, of its folder among the deliveries and of {@code staged_<id>}
 * @param title name for people
 * @param purpose what the source is for
 * @param limitations what it cannot tell
 * @param delivery what was agreed with the department
 * @param role register, events or reference (not linked to firms)
 * @param readers stages that may read the staged table
 * @param endedWhen condition under which a version withdraws its record; null: never
 * @param firm how a row names its firm; null for references
 * @param events events that a row means
 * @param statusChange how a row changes another act's status; null: it does not
 * @param columns columns in the contract's order
 * @param quality conditions that every row must meet
 * @param file file it was read from
 */
public record SourceContract(
    String id,
    String title,
    String purpose,
    String limitations,
    Delivery delivery,
    Role role,
    List<String> readers,
    String endedWhen,
    FirmReference firm,
    List<EventMapping> events,
    StatusChange statusChange,
    List<Column> columns,
    List<Quality> quality,
    String file) {

  /** What a source is to the pipeline. */
  public enum Role {
    REGISTER,
    EVENTS,
    REFERENCE
  }

  /**
   * The agreement with the department.
   *
   * @param authority who answers for the source
   * @param territory division that it covers
   * @param confirmed whether the layout was seen in a public source
   * @param intervalDays agreed interval between deliveries, days
   * @param requiredForLists whether a clear answer needs this source to be complete
   * @param maxQuarantineShare share of refused rows over which a delivery stays out whole
   * @param naturalPersonWhen condition for rows of natural persons, counted and dropped; or null
   */
  public record Delivery(
      String authority,
      String territory,
      boolean confirmed,
      int intervalDays,
      boolean requiredForLists,
      BigDecimal maxQuarantineShare,
      String naturalPersonWhen) {}

  /** How a row names its firm; every part but the scheme is an expression, or null. */
  public record FirmReference(
      String scheme, String code, String name, String district, String date, String notAFirm) {}

  /**
   * One event that a row means; every part but the details is an expression, or null.
   *
   * @param announcement whether it announces an act and is none: it counts for nothing
   * @param otherNo a further number by which what changes the act may name it
   * @param steps what befell the act by this row: name of the step to the expression of its day
   */
  public record EventMapping(
      String type,
      boolean announcement,
      String when,
      String date,
      String from,
      String until,
      String actNo,
      String otherNo,
      String authority,
      String categories,
      String amount,
      String outcome,
      String domain,
      String item,
      List<String> details,
      String endedMeans,
      Map<String, String> steps,
      int line) {}

  /**
   * How a repair, objection or remedy names the act it changes, and what becomes of that act.
   *
   * @param status expression of its new status; null: it only tells steps
   * @param date expression of the day from which it holds
   * @param until expression of the day from which it holds no longer; null: it holds for good
   * @param steps what befell the act by this row: name of the step to the expression of its day
   */
  public record StatusChange(
      String actNo,
      String authority,
      String eventType,
      String status,
      String date,
      String until,
      Map<String, String> steps,
      int line) {}

  /** A condition that every row must meet; its name is the reason in quarantine. */
  public record Quality(String name, String condition, int line) {}

  /** Table in which the source's rows are kept. */
  public String stagedTable() {
    return "staged_" + id;
  }

  /** The steps that its rows tell of, of their own acts and of others'. */
  public Map<String, String> steps() {
    Map<String, String> steps = new LinkedHashMap<>();
    events.forEach(e -> steps.putAll(e.steps()));
    if (statusChange != null) {
      steps.putAll(statusChange.steps());
    }
    return steps;
  }

  /** Whether its rows change the status of other acts, and do not only tell steps of them. */
  public boolean changesStatus() {
    return statusChange != null && statusChange.status() != null;
  }

  /** Whether rows of this source are attached to firms. */
  public boolean links() {
    return role == Role.EVENTS && firm != null;
  }

  /** Columns that reach storage. */
  public List<Column> storedColumns() {
    return columns.stream().filter(Column::stored).toList();
  }
}
