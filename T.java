import io.prometheus.metrics.model.snapshots.*;
import io.prometheus.metrics.expositionformats.*;
import io.prometheus.metrics.config.*;
import java.util.*;
public class T { public static void main(String[] a) throws Exception {
 var dp = new CounterSnapshot.CounterDataPointSnapshot(3, Labels.of("command","a \"b\" \\ \n","position","0"), null, 0);
 for (var md : List.of(new MetricMetadata("supercronic_executions","help x"), new MetricMetadata("supercronic_executions","supercronic_executions","supercronic_executions","help",null))) {
  var s = new MetricSnapshots(new CounterSnapshot(md, List.of(dp)));
  for (var w : List.of(PrometheusTextFormatWriter.create(), OpenMetricsTextFormatWriter.create())) { System.out.println(w.getContentType()); w.write(System.out, s, EscapingScheme.DEFAULT); }
 }
 var h = new HistogramSnapshot(new MetricMetadata("d_seconds","h"), List.of(new HistogramSnapshot.HistogramDataPointSnapshot(ClassicHistogramBuckets.of(new double[]{10,30,Double.POSITIVE_INFINITY}, new long[]{1,2,3}), 4.5, Labels.of("a","b"), Exemplars.EMPTY, 0)));
 PrometheusTextFormatWriter.create().write(System.out, new MetricSnapshots(h), EscapingScheme.DEFAULT);
 OpenMetricsTextFormatWriter.create().write(System.out, new MetricSnapshots(h), EscapingScheme.DEFAULT);
 PrometheusTextFormatWriter.create().write(System.out, new MetricSnapshots(new InfoSnapshot(new MetricMetadata("pidone_build","h"), List.of(new InfoSnapshot.InfoDataPointSnapshot(Labels.of("version","1")))), new UnknownSnapshot(new MetricMetadata("u","h"), List.of(new UnknownSnapshot.UnknownDataPointSnapshot(3, Labels.EMPTY, null)))), EscapingScheme.DEFAULT);
}}
