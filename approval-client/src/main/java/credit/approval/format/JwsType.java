package credit.approval.format;

/** What a signed text is; its {@code typ} keeps one from passing for another. */
public enum JwsType {
  KEYS("credit-keys+jws"),
  MANIFEST("credit-manifest+jws"),
  TIMESTAMP("credit-timestamp+jws");

  private final String typ;

  JwsType(String typ) {
    this.typ = typ;
  }

  /** The {@code typ} header. */
  public String typ() {
    return typ;
  }
}
