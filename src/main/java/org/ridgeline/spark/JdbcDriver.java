package org.ridgeline.spark;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.util.CaseInsensitiveMap;
import org.apache.spark.sql.execution.datasources.jdbc.JDBCOptions;
import org.ridgeline.base.Check;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Explanation;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The driver that a URL of JDBC needs. Drivers are no part of Spark. URLs are not shown, since they
 * hold passwords.
 *
 * @param name of its class
 * @param library that has it
 */
record JdbcDriver(String name, String library) {
  private static final String DRIVER = "driver";

  /** By the word of the URL after {@code jdbc:}. */
  private static final Map<String, JdbcDriver> KNOWN =
      Map.of(
          "postgresql", new JdbcDriver("org.postgresql.Driver", "org.postgresql:postgresql"),
          "mysql", new JdbcDriver("com.mysql.cj.jdbc.Driver", "com.mysql:mysql-connector-j"),
          "mariadb",
              new JdbcDriver("org.mariadb.jdbc.Driver", "org.mariadb.jdbc:mariadb-java-client"),
          "oracle", new JdbcDriver("oracle.jdbc.OracleDriver", "com.oracle.database.jdbc:ojdbc11"),
          "sqlserver",
              new JdbcDriver(
                  "com.microsoft.sqlserver.jdbc.SQLServerDriver",
                  "com.microsoft.sqlserver:mssql-jdbc"),
          "db2", new JdbcDriver("com.ibm.db2.jcc.DB2Driver", "com.ibm.db2:jcc"),
          "teradata", new JdbcDriver("com.teradata.jdbc.TeraDriver", "com.teradata.jdbc:terajdbc"),
          "snowflake",
              new JdbcDriver(
                  "net.snowflake.client.jdbc.SnowflakeDriver", "net.snowflake:snowflake-jdbc"),
          "sqlite", new JdbcDriver("org.sqlite.JDBC", "org.xerial:sqlite-jdbc"),
          "h2", new JdbcDriver("org.h2.Driver", "com.h2database:h2"));

  /**
   * Checks that the driver is there, as Spark looks for it.
   *
   * @param options of the reader; what else is wrong with them is left to Spark
   * @throws DataException naming the class where it is known
   */
  static void require(String path, Map<String, String> options) {
    CaseInsensitiveMap<String> given =
        new CaseInsensitiveMap<>(
            scala.collection.immutable.Map.from(CollectionConverters.asScala(options)));
    try {
      Check.that(make(given) != null, "Cannot look for the driver");
    } catch (ClassNotFoundException | SQLException missing) {
      throw refusal(path, given, missing);
    } catch (IllegalArgumentException other) { // no URL, no table: Spark says so when it opens
      return;
    }
  }

  /** Spark does not declare what it throws. */
  private static JDBCOptions make(CaseInsensitiveMap<String> options)
      throws ClassNotFoundException, SQLException {
    return new JDBCOptions(options);
  }

  private static DataException refusal(
      String path, CaseInsensitiveMap<String> options, Exception missing) {
    String what = "cannot read " + Names.quoted(path) + " as jdbc: the driver ";
    String gone = " is not on the class path";
    scala.Option<String> named = options.get(DRIVER);
    String kind = kind(options.get("url").getOrElse(() -> ""));
    Optional<JdbcDriver> known = Optional.ofNullable(KNOWN.get(kind));
    if (named.isDefined()) {
      return new DataException(
          Explanation.of(
              what + named.get() + gone,
              Remedy.of("add its library to the packages or the jars of Spark")),
          missing);
    }
    return new DataException(
        known
            .map(
                driver ->
                    Explanation.of(
                        what + driver.name() + " of jdbc:" + kind + gone,
                        Remedy.of(
                            "add %s to the packages or the jars of Spark, or name another with %s",
                            driver.library(), Option.OPTION.to(DRIVER + "=CLASS"))))
            .orElseGet(
                () ->
                    Explanation.of(
                        what + "of jdbc:" + kind + gone,
                        Remedy.of(
                            "add its library to the packages or the jars of Spark and name its"
                                + " class with %s",
                            Option.OPTION.to(DRIVER + "=CLASS")))),
        missing);
  }

  /** The word after {@code jdbc:}; what is no word is not shown. */
  private static String kind(String url) {
    String[] parts = url.split(":", 3);
    return parts.length == 3 && parts[1].matches("[A-Za-z0-9_+-]+")
        ? parts[1].toLowerCase(Locale.ROOT)
        : "";
  }
}
