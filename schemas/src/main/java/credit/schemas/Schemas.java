package credit.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A jurisdiction as data: source and table contracts, code lists and rules.
 *
 * @param sources source contracts by id, in order of id
 * @param tables table contracts by name
 * @param codes code lists by name
 * @param holidays days that are no working days, and those that are by exchange
 * @param rules rule files by id
 * @param files the bytes of every file by its path below the folder, for the archive of a run
 * @param sha256 hash over all files, hexadecimal
 */
public record Schemas(
    Map<String, SourceContract> sources,
    Map<String, TableContract> tables,
    Map<String, CodeList> codes,
    HolidayCalendar holidays,
    Map<String, RuleFile> rules,
    Map<String, byte[]> files,
    String sha256) {

  /** A file that is always bundled; a jar need not list its folders. */
  private static final String KNOWN_FILE = "tables/deliveries.yaml";

  private static final String HOLIDAYS = "codes/holidays.csv";

  /** The bundled jurisdiction, Zhuhai's. */
  public static Schemas bundled() {
    return read(bundledFiles("sources", "tables", "codes", "rules"));
  }

  /**
   * The jurisdiction in a folder with {@code sources, codes, rules} and perhaps {@code tables}
   * (else the bundled ones).
   *
   * @throws SchemaException if a file is wrong or the folder is none of a jurisdiction
   */
  public static Schemas load(Path folder) {
    if (!Files.isDirectory(folder.resolve("sources"))) {
      throw new SchemaException(
          folder
              + ": no folder 'sources' stands here; name a folder with sources, codes and rules");
    }
    Map<String, byte[]> files = new TreeMap<>();
    for (String part : List.of("sources", "tables", "codes", "rules")) {
      files.putAll(filesBelow(folder, part));
    }
    if (files.keySet().stream().noneMatch(f -> f.startsWith("tables/"))) {
      files.putAll(bundledFiles("tables"));
    }
    return read(files);
  }

  /** This jurisdiction's sources, codes and rules over the tables of another one. */
  public Schemas withTablesOf(Schemas other) {
    Map<String, byte[]> all = new TreeMap<>(files);
    all.keySet().removeIf(file -> file.startsWith("tables/"));
    other.files.forEach(
        (file, bytes) -> {
          if (file.startsWith("tables/")) {
            all.put(file, bytes);
          }
        });
    return read(all);
  }

  /** A rule file that a stage cannot do without. */
  public RuleFile rule(String id) {
    RuleFile file = rules.get(id);
    if (file == null) {
      throw new SchemaException(
          "rules/" + id + ".yaml is missing; add it, or name other --schemas");
    }
    return file;
  }

  /** The register that names the firms. */
  public SourceContract register() {
    return sources.values().stream()
        .filter(s -> s.role() == SourceContract.Role.REGISTER)
        .findFirst()
        .orElseThrow(
            () -> new SchemaException("no source has the role 'register'; add one to sources/"));
  }

  private static Schemas read(Map<String, byte[]> files) {
    Map<String, SourceContract> sources =
        parse(files, "sources/", ".yaml", (f, t) -> SourceReader.read(Yaml.parse(f, t), stem(f)));
    Map<String, TableContract> tables =
        parse(files, "tables/", ".yaml", (f, t) -> TableContract.of(Yaml.parse(f, t), stem(f)));
    Map<String, RuleFile> rules =
        parse(
            files,
            "rules/",
            ".yaml",
            (f, t) -> RuleFile.of(Yaml.parse(f, t), stem(f), sha256(files.get(f))));
    Map<String, byte[]> lists = new TreeMap<>(files);
    byte[] holidays = lists.remove(HOLIDAYS);
    Map<String, CodeList> codes =
        parse(lists, "codes/", ".csv", (f, t) -> CodeList.of(f, stem(f), t));
    sources.values().forEach(source -> requireCodeLists(source, codes));
    return new Schemas(
        sources,
        tables,
        codes,
        holidays == null
            ? HolidayCalendar.weekendsOnly()
            : HolidayCalendar.of(HOLIDAYS, utf8(HOLIDAYS, holidays)),
        rules,
        Collections.unmodifiableMap(files),
        hashOfAll(files));
  }

  private static void requireCodeLists(SourceContract source, Map<String, CodeList> codes) {
    for (Column column : source.columns()) {
      if (column.codes() != null && !codes.containsKey(column.codes())) {
        throw SchemaException.at(
            source.file(),
            column.line(),
            "code list '" + column.codes() + "' does not exist",
            "add codes/" + column.codes() + ".csv or name one of " + codes.keySet());
      }
    }
  }

  private static <T> Map<String, T> parse(
      Map<String, byte[]> files, String folder, String ending, BiFunction<String, String, T> read) {
    Map<String, T> parsed = new LinkedHashMap<>();
    files.forEach(
        (file, bytes) -> {
          if (file.startsWith(folder) && file.endsWith(ending)) {
            parsed.put(stem(file), read.apply(file, utf8(file, bytes)));
          }
        });
    return Collections.unmodifiableMap(parsed);
  }

  private static String utf8(String file, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw SchemaException.at(file, 1, "the file is not UTF-8", "save it as UTF-8");
    }
  }

  private static String stem(String file) {
    return file.substring(file.lastIndexOf('/') + 1, file.lastIndexOf('.'));
  }

  private static Map<String, byte[]> bundledFiles(String... parts) {
    URL url = Schemas.class.getResource("/schemas/" + KNOWN_FILE);
    if (url == null) {
      throw new IllegalStateException("the bundled schemas are not on the class path");
    }
    try {
      URI uri = url.toURI();
      if (uri.getScheme().equals("jar")) {
        String place = uri.getRawSchemeSpecificPart();
        Path file = Path.of(URI.create(place.substring(0, place.indexOf("!/"))));
        try (FileSystem jar = FileSystems.newFileSystem(file)) {
          return filesBelow(jar.getPath("/schemas"), parts);
        }
      }
      return filesBelow(Path.of(uri).getParent().getParent(), parts);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> filesBelow(Path folder, String... parts) {
    Map<String, byte[]> files = new TreeMap<>();
    for (String part : parts) {
      Path below = folder.resolve(part);
      if (!Files.isDirectory(below)) {
        continue;
      }
      try (Stream<Path> list = Files.list(below)) {
        List<Path> sorted = new ArrayList<>(list.filter(Files::isRegularFile).toList());
        for (Path file : sorted) {
          files.put(part + "/" + file.getFileName(), Files.readAllBytes(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  private static String hashOfAll(Map<String, byte[]> files) {
    StringBuilder all = new StringBuilder();
    files.forEach((file, bytes) -> all.append(file).append(' ').append(sha256(bytes)).append('\n'));
    return sha256(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
