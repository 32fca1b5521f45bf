package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class ConfScopeTest {
  private static final String KEY = "spark.ridgeline.test.scope";
  private static final String CHOSEN = "spark.ridgeline.test.chosen";

  @Test
  void threadsDoNotSeeEachOthersSettings() throws Exception {
    SparkSession session = SparkTest.session();
    session.conf().set(CHOSEN, "mine");
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<String>> seen = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String value = "v" + i;
      seen.add(
          pool.submit(
              () ->
                  ConfScope.on(session)
                      .withDefault(KEY, value)
                      .withDefault(CHOSEN, value)
                      .during(() -> session.conf().get(KEY) + session.conf().get(CHOSEN))));
    }
    for (int i = 0; i < seen.size(); i++) {
      assertEquals("v" + i + "mine", seen.get(i).get());
    }
    pool.shutdown();
    assertFalse(session.conf().contains(KEY));
    assertEquals("mine", session.conf().get(CHOSEN));
    session.conf().unset(CHOSEN);
  }
}
