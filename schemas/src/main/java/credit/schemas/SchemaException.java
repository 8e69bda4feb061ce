package credit.schemas;

/**
 * A contract, code list or rule file is wrong. The message names the file and line, says what is
 * wrong and what to do about it; nothing has been written when it is thrown.
 */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SchemaException(String message) {
    super(message);
  }

  static SchemaException at(String file, int line, String problem, String remedy) {
    return new SchemaException(file + ":" + line + ": " + problem + "; " + remedy);
  }
}
