package credit.approval;

/**
 * Leads from a firm to its first row in each of some files: an open hash table of the rows'
 * numbers, one place a firm, so that all of a firm's rows are found by one look into memory. Above
 * each number stand seven bits of the firm's hash, so that a file is read only where the row is
 * most likely the firm's.
 */
final class FirmTable {
  /** No place: none of the files has a row of the firm. */
  static final int NOWHERE = -1;

  private static final long ROW = (1L << RowFile.BITS) - 1;

  private final RowFile[] files;
  private final int width;
  private final int places;
  private final long[] rows;

  private FirmTable(RowFile... files) {
    this.files = files;
    this.width = files.length;
    long most = 0;
    long all = 0;
    for (RowFile file : files) {
      most = Math.max(most, file.most());
      all += file.most();
    }
    // Half empty where the same firms stand in all files, and never more than four fifths full.
    this.places = (int) Math.min(Math.max(2 * most, all + all / 4) + 1, Integer.MAX_VALUE / width);
    this.rows = new long[places * width];
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
        touched |= rows[home(firms[i]) * width];
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
    return isFree(place) ? NOWHERE : place;
  }

  /** The first row of the firm at that place in the file of that number. */
  long row(int place, int file) {
    return place == NOWHERE ? RowFile.NONE : rows[place * width + file] & ROW;
  }

  private void put(FirmKey firm, int file, long row) {
    rows[placeOf(firm) * width + file] = row | tag(firm);
  }

  /** The firm's place, or the free one that it would take. */
  private int placeOf(FirmKey firm) {
    int place = home(firm);
    while (!isFree(place) && !isOf(firm, place)) {
      place = place + 1 == places ? 0 : place + 1;
    }
    return place;
  }

  private boolean isFree(int place) {
    return holder(place) == width;
  }

  /** Any of its rows tells whose place it is. */
  private boolean isOf(FirmKey firm, int place) {
    int file = holder(place);
    long tagged = rows[place * width + file];
    return (tagged ^ tag(firm)) >>> RowFile.BITS == 0 && files[file].hasKey(tagged & ROW, firm);
  }

  /** The first file that has a row at that place. */
  private int holder(int place) {
    int file = 0;
    while (file < width && rows[place * width + file] == RowFile.NONE) {
      file++;
    }
    return file;
  }

  private static long tag(FirmKey firm) {
    return firm.hash() << RowFile.BITS;
  }

  private int home(FirmKey firm) {
    return (int) (((firm.hash() >>> 32) * places) >>> 32);
  }
}
