package credit.approval;

/**
 * Leads from a firm to its first row in each of some files: an open hash table of places, one a
 * firm, each with the firm's key and one number a file. A key that is packed whole is the firm's,
 * so one look into memory finds all that the table knows of it; a hashed one is compared with a
 * row.
 */
final class FirmTable {
  /** No place: none of the files has a row of the firm. */
  static final int NOWHERE = -1;

  private static final int KEY_WORDS = 2;

  private final RowFile[] files;
  private final int width;
  private final int places;
  private final long[] words;

  private FirmTable(RowFile... files) {
    this.files = files;
    this.width = KEY_WORDS + files.length;
    long most = 0;
    long all = 0;
    for (RowFile file : files) {
      most = Math.max(most, file.most());
      all += file.most();
    }
    // A third empty where the same firms stand in all files, and never more than 8/9 full.
    long wanted = Math.max(most + most / 2, all + all / 8) + 1;
    this.places = (int) Math.min(wanted, Integer.MAX_VALUE / width);
    this.words = new long[places * width];
  }

  /**
   * Reads the files, and checks every row on the way.
   *
   * @throws credit.approval.format.ListException if a row is not canonical, or a file has other
   *     rows than promised
   */
  static FirmTable of(RowFile... files) {
    FirmTable table = new FirmTable(files);
    for (int file = 0; file < files.length; file++) {
      Batch batch = table.new Batch(file);
      files[file].readFirms(batch);
      batch.put();
    }
    return table;
  }

  /** Firms of one file that are put together, so that their places come from memory at once. */
  private final class Batch implements RowFile.Firms {
    private static final int SIZE = 64;

    private final int file;
    private final FirmKey[] firms = new FirmKey[SIZE];
    private final long[] firstRows = new long[SIZE];
    private int size;

    /** Of no account, but that it is kept the look at all places is not left out. */
    @SuppressWarnings("UnusedVariable")
    private long seen;

    Batch(int file) {
      this.file = file;
    }

    @Override
    public void take(FirmKey firm, long firstRow) {
      firms[size] = firm;
      firstRows[size] = firstRow;
      size++;
      if (size == SIZE) {
        put();
      }
    }

    void put() {
      long touched = 0;
      for (int i = 0; i < size; i++) {
        touched |= words[home(firms[i].hash())];
      }
      seen = touched;
      for (int i = 0; i < size; i++) {
        FirmTable.this.put(firms[i], file, firstRows[i]);
      }
      size = 0;
    }
  }

  /** The firm's place, or {@link #NOWHERE}. */
  int find(FirmKey firm) {
    int place = placeOf(firm);
    return words[place] == 0 ? NOWHERE : place;
  }

  /** The first row of the firm at that place in the file of that number. */
  long row(int place, int file) {
    return place == NOWHERE ? RowFile.NONE : words[place + KEY_WORDS + file];
  }

  /** Marks the places of all firms that the other table has too. */
  void mark(FirmTable other) {
    for (int place = 0; place < other.words.length; place += other.width) {
      if (other.words[place] != 0) {
        mark(other.words[place], other.words[place + 1] & ~FirmKey.SPARE_BIT);
      }
    }
  }

  /** A firm that only shares a hash is marked as well, and then not found in the other table. */
  private void mark(long high, long low) {
    int place = home(FirmKey.hash(high, low));
    for (; words[place] != 0; place = next(place)) {
      if (isKey(high, low, place)) {
        words[place + 1] |= FirmKey.SPARE_BIT;
      }
    }
  }

  /** Whether {@link #mark} met the firm at that place. */
  boolean isMarked(int place) {
    return words[place + 1] < 0;
  }

  private void put(FirmKey firm, int file, long row) {
    int place = placeOf(firm);
    words[place] = firm.high();
    words[place + 1] |= firm.low();
    words[place + KEY_WORDS + file] = row;
  }

  /** The firm's place, or the free one that it would take. */
  private int placeOf(FirmKey firm) {
    int place = home(firm.hash());
    while (words[place] != 0 && !isOf(firm, place)) {
      place = next(place);
    }
    return place;
  }

  private int next(int place) {
    return place + width == words.length ? 0 : place + width;
  }

  private boolean isOf(FirmKey firm, int place) {
    return isKey(firm.high(), firm.low(), place) && (firm.isWhole() || isOfARow(firm, place));
  }

  private boolean isKey(long high, long low, int place) {
    return words[place] == high && (words[place + 1] & ~FirmKey.SPARE_BIT) == low;
  }

  /** Any of the place's rows tells whose it is. */
  private boolean isOfARow(FirmKey firm, int place) {
    int file = 0;
    while (words[place + KEY_WORDS + file] == RowFile.NONE) {
      file++;
    }
    return files[file].hasKey(words[place + KEY_WORDS + file], firm);
  }

  private int home(long hash) {
    return (int) (((hash >>> 32) * places) >>> 32) * width;
  }
}
