package credit.approval;

/**
 * What a refresh did.
 *
 * @param state whether a new list, a fresh timestamp, or nothing was taken
 * @param reason stable code of a refusal; empty otherwise
 * @param message what was wrong and what to do; empty where nothing was refused
 */
public record RefreshResult(State state, String reason, String message) {
  /** What a refresh can come to. */
  public enum State {
    /** Another list version answers now. */
    UPDATED,
    /** The same version answers on, with the newest timestamp. */
    UNCHANGED,
    /** What was offered is refused; the version before answers until its own expiry. */
    REFUSED
  }

  static RefreshResult of(State state) {
    return new RefreshResult(state, "", "");
  }

  static RefreshResult refused(String reason, String message) {
    return new RefreshResult(State.REFUSED, reason, message);
  }
}
