package credit.approval.audit;

import credit.approval.Answer;
import credit.approval.AnswerJson;
import credit.approval.ListView;
import credit.approval.format.Json;
import credit.approval.format.ListException;

/**
 * Asks logged questions again: the same list version under the same timestamp at the same moment
 * must give the logged answer, to the byte.
 */
public final class Replay {
  private final ListView now;
  private String timestampJws = "";
  private ListView past;

  /**
   * A replay from the archive that a view stands on.
   *
   * @param now any view of the same lists, not before the answers to be asked again
   */
  public Replay(ListView now) {
    this.now = now;
  }

  /**
   * The view that answered the record.
   *
   * @throws ListException if the list of then cannot be verified, or there was none
   */
  private ListView view(AuditRecord record) {
    long version =
        record
            .list()
            .map(list -> (Long) list.get("version"))
            .orElseThrow(
                () ->
                    new ListException(
                        "audit_without_list",
                        "record " + record.id() + " was answered without a list"));
    // Many answers of a day stand on one timestamp, and rebuilding its list takes a while.
    if (past == null || !timestampJws.equals(record.timestampJws())) {
      past = now.past(record.timestampJws());
      timestampJws = record.timestampJws();
    }
    ListView then = past.at(record.checkedAt());
    return record.historical() ? then.archived(version) : then;
  }

  /**
   * Asks the record's question again.
   *
   * @return the view that answered
   * @throws ListException if the list of then cannot be verified, or with {@code answer_differs} if
   *     another answer comes out
   */
  public ListView requireSame(AuditRecord record) {
    ListView then = view(record);
    Answer again = then.check(record.query());
    if (!Json.write(AnswerJson.object(again)).equals(Json.write(record.answer()))) {
      throw new ListException(
          "answer_differs",
          "the list does not give the logged answer of record "
              + record.id()
              + ": one of them was changed");
    }
    return then;
  }
}
