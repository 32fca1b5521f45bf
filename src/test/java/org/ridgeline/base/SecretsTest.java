package org.ridgeline.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:x?password=hunter2",
        "jdbc:postgresql://db/x?user=me&Password=hunter2&ssl=true",
        "jdbc:sqlserver://db;user=me;pwd=hunter2;encrypt=true",
        "https://me:hunter2@host/path.csv",
        "s3a://AKIA:hunter2@bucket/key",
        "wasbs://c@a.blob/x.csv?sv=2022&sig=hunter2&se=2030",
        "https://b.s3/x?X-Amz-Credential=AK&X-Amz-Signature=hunter2",
        "https://b.s3/x?X-Amz-Security-Token=hunter2",
        "AccountKey=hunter2;EndpointSuffix=core",
        "{\"password\": \"hunter2\"}",
        "fs.s3a.secret.key=hunter2",
        "client_secret=hunter2",
        "jdbc:sqlserver://h;password={hunter;hunter2};encrypt=true",
        "mongodb://me:a@hunter2@host/db",
        "Authorization: hunter2",
        "header=Bearer hunter2",
        "x=Bearer_hunter2",
        "jdbc:oracle:thin:scott/hunter2@host:1521/svc",
        "JDBC:ORACLE:thin:scott/hunter2@//host:1521/svc",
        "jdbc:oracle:thin:scott/a@hunter2/b@host:1521/svc",
        "jdbc:oracle:thin:scott/\"a hunter2@b\"@//host",
        "{\\\"url\\\": \\\"jdbc:oracle:thin:scott/\\\"hunter2@b\\\"@//host\\\"}",
        "jdbc:oracle:oci:scott[client]/hunter2@",
        "url=jdbc:oracle:thin:\"a user\"/hunter2@host",
        "jdbc:db2://h:50000/db:user=x;password=hunter2;",
        "jdbc:sqlserver://h;user=u;password={a}}hunter2};encrypt=true",
        "jdbc:teradata://h/LOGMECH=LDAP,PASSWORD=hunter2",
        "jdbc:snowflake://a.b/?user=x&private_key_pwd=hunter2",
        "jdbc:snowflake://a.b/?user=x&passcode=hunter2",
        "jdbc:bigquery://h;OAuthPvtKey=hunter2;x=y",
        "jdbc:as400://h;user=x;pass=hunter2",
        "jdbc:postgresql://h/db?sslpassword=hunter2",
        "jdbc:mysql://h/db?trustCertificateKeyStorePassword=hunter2",
        "trustStorePassword=hunter2",
        "mongodb+srv://me:hunter2@cluster/db",
        "s3a://AKIA:hun/hunter2@bucket/key",
        "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=hunter2==;EndpointSuffix=core",
        "Endpoint=sb://a/;SharedAccessKeyName=root;SharedAccessKey=hunter2=",
        "BlobEndpoint=https://a/;SharedAccessSignature=hunter2",
        "{\"type\": \"service_account\", \"private_key\": \"-----BEGIN hunter2 x\\nhunter2\"}",
        "-----BEGIN RSA PRIVATE KEY-----\nabc\nhunter2\n-----END RSA PRIVATE KEY-----",
        "password='a hunter2 b'",
        "{\"password\": \"a hunter2 b\"}",
        "{'password': 'a hunter2 b'}",
        "{\\\"password\\\": \\\"a hunter2\\\"}"
      })
  void secretsAreMaskedByWhatTheyLookLike(String text) {
    String masked = Secrets.masked(text);
    assertFalse(masked.contains("hunter2"), masked);
    assertFalse(masked.equals(text), masked);
  }

  @ParameterizedTest
  @CsvSource({
    "pwd, true",
    "passphrase, true",
    "apikey, true",
    "access_key, true",
    "Authorization, true",
    "credential, true",
    "fs.s3a.secret.key, true",
    "dbPassword, true",
    "sep, false",
    "header, false",
    "keyspace, false",
    "designature, false"
  })
  void keysTellSecrets(String key, boolean isSecret) {
    assertEquals(isSecret, Secrets.isSecret(key));
  }

  @ParameterizedTest
  @CsvSource({
    "/data/tokens.csv",
    "hdfs://host:8020/data/x.parquet",
    "s3a://bucket/secret-santa/x.csv",
    "password < 3 and sigma = 2",
    "C:/data/x.csv",
    "/data/scott/tiger@host/x.csv",
    "hdfs://host:8020/data/me@home/x.csv",
    "jdbc:oracle:thin:@//host:1521/svc",
    "jdbc:oracle:thin:@host:1521/a/b",
    "/keys/private_key.pem",
    "jdbc:postgresql://h/db?sslkey=/keys/my.pk8",
    "Endpoint=sb://a/;SharedAccessKeyName=root",
    "compass=3 and bypass=4",
    "file:/data/token: Permission denied",
    "cannot read /data/my.secret: Path does not exist"
  })
  void ordinaryTextsStay(String text) {
    assertEquals(text, Secrets.masked(text));
  }

  @Test
  void whatFollowsAQuotedNameIsNoSecret() {
    String text = "cannot read \"data/token\": Path does not exist";
    assertEquals(text, Secrets.masked(text));
  }

  @Test
  void theRestOfATextIsLeft() {
    assertEquals(
        "url=jdbc:oracle:thin:scott/*****@host:1521/svc, user=x",
        Secrets.masked("url=jdbc:oracle:thin:scott/tiger@host:1521/svc, user=x"));
    assertEquals(
        "{\"private_key\": \"*****\", \"client_email\": \"a@b\"}",
        Secrets.masked(
            "{\"private_key\": \"-----BEGIN PRIVATE KEY-----\\nMII\\n-----END\", \"client_email\": \"a@b\"}"));
    assertEquals(
        "jdbc:sqlserver://h;password=*****;encrypt=true",
        Secrets.masked("jdbc:sqlserver://h;password={a}}b;c};encrypt=true"));
  }
}
