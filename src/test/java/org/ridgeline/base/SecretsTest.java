package org.ridgeline.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
        "x=Bearer_hunter2"
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
    "C:/data/x.csv"
  })
  void ordinaryTextsStay(String text) {
    assertEquals(text, Secrets.masked(text));
  }
}
