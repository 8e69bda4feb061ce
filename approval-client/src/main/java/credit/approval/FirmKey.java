package credit.approval;

/**
 * By what a firm's rows are found: {@code scheme,code,} as it stands in every file.
 *
 * @param scheme label of the code's scheme
 * @param hash of the code; the low bits choose a slot of a table, the high ones tell rows apart
 */
record FirmKey(String scheme, String code, long hash) {
  /** A code that passes its scheme's check, and so is ASCII without comma and quote. */
  static FirmKey of(String scheme, String code) {
    long hash = 0;
    for (int i = 0; i < code.length(); i++) {
      hash = hash * 31 + code.charAt(i);
    }
    return new FirmKey(scheme, code, mixed(hash));
  }

  /** The same hash of a code in a file. */
  static long hash(byte[] data, int from, int to) {
    long hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + data[i];
    }
    return mixed(hash);
  }

  private static long mixed(long hash) {
    long product = hash * 0x9e3779b97f4a7c15L;
    return product ^ product >>> 32;
  }

  /** Bytes of the key in a file, with both commas. */
  int length() {
    return scheme.length() + code.length() + 2;
  }

  /** Whether the key stands at that place. */
  boolean isAt(byte[] data, int at) {
    int codeAt = at + scheme.length() + 1;
    int end = at + length();
    return end <= data.length
        && isAt(data, codeAt, code)
        && data[end - 1] == ','
        && isAt(data, at, scheme)
        && data[codeAt - 1] == ',';
  }

  private static boolean isAt(byte[] data, int at, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (data[at + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
