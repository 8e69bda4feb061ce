package credit.benchmarks.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The listed codes in a file of SQLite: the key is the table, mapped into memory. */
final class Sqlite implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement find;

  private Sqlite(Connection connection) throws SQLException {
    this.connection = connection;
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA mmap_size = 8589934592");
      statement.execute("PRAGMA cache_size = -262144");
    }
    this.find = connection.prepareStatement("SELECT 1 FROM listed WHERE code = ?");
  }

  /** Fills the file, in the keys' order and in one transaction. */
  static void make(Path work, long entries) throws SQLException {
    if (Files.exists(file(work, entries))) {
      return;
    }
    try (Connection connection = connect(work, entries);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = OFF");
      statement.execute("PRAGMA synchronous = OFF");
      statement.execute("CREATE TABLE listed (code TEXT PRIMARY KEY) WITHOUT ROWID");
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO listed VALUES (?)")) {
        for (long firm = 1; firm < InventedList.firms(entries); firm += 2) {
          insert.setString(1, InventedList.code(firm));
          insert.executeUpdate();
        }
      }
      connection.commit();
    }
  }

  static Sqlite open(Path work, long entries) throws SQLException {
    return new Sqlite(connect(work, entries));
  }

  private static Connection connect(Path work, long entries) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file(work, entries));
  }

  private static Path file(Path work, long entries) {
    return work.resolve("listed-" + entries + ".sqlite");
  }

  boolean contains(String code) throws SQLException {
    find.setString(1, code);
    try (ResultSet rows = find.executeQuery()) {
      return rows.next();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
