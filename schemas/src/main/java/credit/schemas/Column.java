package credit.schemas;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One column of a contract.
 *
 * @param name our name, snake_case English
 * @param physicalName the header that the department writes
 * @param aliases further headers that are accepted
 * @param type what a value is, before its unit is changed
 * @param sparkType the type in which it is kept, as Spark DDL
 * @param required whether an empty value refuses the row
 * @param key whether it is part of the record's key
 * @param codes name of the code list whose canonical code is kept; null: free
 * @param separator regular expression that splits one cell of an array; null: not an array
 * @param unit unit in which values are delivered; null: none. Only {@code wan_yuan} (10,000 yuan,
 *     kept in yuan) changes the value
 * @param noEnd whether 2099-12-31 means "no end" (kept as null)
 * @param check identifier scheme whose check a value must pass; null: none
 * @param keepUnchecked whether a value that fails the check is kept for linking to judge
 * @param personal what becomes of personal data
 * @param maxLength longest value, in characters
 * @param pattern regular expression that a value matches whole; null: any
 * @param minimum smallest number, after the unit is changed; null: any
 * @param maximum largest number, after the unit is changed; null: any
 * @param description one sentence for the reader of the contract
 * @param line line in the contract's file
 */
public record Column(
    String name,
    String physicalName,
    List<String> aliases,
    Type type,
    String sparkType,
    boolean required,
    boolean key,
    String codes,
    String separator,
    String unit,
    boolean noEnd,
    String check,
    boolean keepUnchecked,
    Personal personal,
    int maxLength,
    String pattern,
    BigDecimal minimum,
    BigDecimal maximum,
    String description,
    int line) {

  /** Logical types, as the Open Data Contract Standard names them. */
  public enum Type {
    STRING("STRING"),
    DATE("DATE"),
    TIMESTAMP("TIMESTAMP"),
    INTEGER("BIGINT"),
    NUMBER("DECIMAL(18,2)"),
    BOOLEAN("BOOLEAN"),
    ARRAY("ARRAY<STRING>"),
    OBJECT("MAP<STRING,STRING>");

    private final String defaultSparkType;

    Type(String defaultSparkType) {
      this.defaultSparkType = defaultSparkType;
    }
  }

  /** What becomes of a column with personal data. */
  public enum Personal {
    /** Not personal. */
    NONE,
    /** Never stored. */
    DROP,
    /** Free text: numbers, names after 举报人 and addresses are blacked out before it is stored. */
    REDACT,
    /** A salted keyed hash is stored, so that equal persons can be joined. */
    HMAC
  }

  private static final int DEFAULT_MAX_LENGTH = 4000;
  private static final String WAN_YUAN = "wan_yuan";

  /** Whether values are delivered in 10,000 yuan, and kept in yuan. */
  public boolean wanYuan() {
    return WAN_YUAN.equals(unit);
  }

  /** Whether the column reaches storage. */
  public boolean stored() {
    return personal != Personal.DROP;
  }

  /** A column that the pipeline adds to what a department delivers; never empty. */
  public static Column kept(String name, Type type) {
    return new Column(
        name,
        name,
        List.of(),
        type,
        type.defaultSparkType,
        true,
        false,
        null,
        null,
        null,
        false,
        null,
        false,
        Personal.NONE,
        DEFAULT_MAX_LENGTH,
        null,
        null,
        null,
        "",
        0);
  }

  static Column of(Yaml yaml) {
    yaml.allow(
        "name",
        "physicalName",
        "aliases",
        "logicalType",
        "physicalType",
        "required",
        "unique",
        "primaryKey",
        "codes",
        "separator",
        "unit",
        "no_end",
        "check",
        "check_mode",
        "personal",
        "logicalTypeOptions",
        "classification",
        "examples",
        "description");
    String name = yaml.text("name");
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw yaml.refuse("'" + name + "' is no column name", "use snake_case: a-z, 0-9 and _");
    }
    Type type = type(yaml);
    Optional<Yaml> options = yaml.find("logicalTypeOptions");
    options.ifPresent(o -> o.allow("maxLength", "pattern", "minimum", "maximum"));
    return new Column(
        name,
        yaml.text("physicalName", name),
        yaml.texts("aliases"),
        type,
        yaml.text("physicalType", type.defaultSparkType),
        yaml.flag("required"),
        yaml.flag("primaryKey"),
        yaml.text("codes", null),
        regex(yaml, "separator"),
        unit(yaml),
        yaml.flag("no_end"),
        yaml.text("check", null),
        yaml.oneOf("check_mode", "refuse", "refuse", "keep").equals("keep"),
        Personal.valueOf(
            yaml.oneOf("personal", "none", "none", "drop", "redact", "hmac")
                .toUpperCase(java.util.Locale.ROOT)),
        options.map(o -> o.integer("maxLength", DEFAULT_MAX_LENGTH)).orElse(DEFAULT_MAX_LENGTH),
        options.map(o -> regex(o, "pattern")).orElse(null),
        options.map(o -> o.number("minimum", null)).orElse(null),
        options.map(o -> o.number("maximum", null)).orElse(null),
        yaml.text("description", ""),
        yaml.line());
  }

  private static Type type(Yaml yaml) {
    String text =
        yaml.oneOf(
            "logicalType",
            "string",
            "string",
            "date",
            "timestamp",
            "integer",
            "number",
            "boolean",
            "array",
            "object");
    return Type.valueOf(text.toUpperCase(java.util.Locale.ROOT));
  }

  /** A misspelt unit would leave amounts wrong by a factor: only known ones are taken. */
  private static String unit(Yaml yaml) {
    return yaml.find("unit").isPresent()
        ? yaml.oneOf("unit", null, WAN_YUAN, "yuan", "working_days")
        : null;
  }

  private static String regex(Yaml yaml, String key) {
    Optional<Yaml> value = yaml.find(key);
    if (value.isEmpty()) {
      return null;
    }
    try {
      return Pattern.compile(value.get().text()).pattern();
    } catch (PatternSyntaxException e) {
      throw value
          .get()
          .refuse(
              "'" + key + "' is no regular expression: " + e.getDescription(),
              "correct or drop it");
    }
  }
}
