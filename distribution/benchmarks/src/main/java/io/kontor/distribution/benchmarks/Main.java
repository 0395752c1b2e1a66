package io.kontor.distribution.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs one benchmark by name. */
public final class Main {

    private Main() {
    }

    /** A benchmark. */
    @FunctionalInterface
    interface Benchmark {

        void run(List<String> arguments) throws Exception;
    }

    /**
     * Runs.
     *
     * @param arguments the benchmark's name and its own arguments
     * @throws Exception when it cannot be run
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("start", new StartTimes());
        all.put("deploy", new DeployTimes());
        all.put("fallback", new FallbackTimes());
        all.put("events", new EventIngestion());
        all.put("import", new ImportRate());
        all.put("source", new SourceRate());
        all.put("scale", new ScaleTable());
        all.put("dirty", new DirtyFiles());
        all.put("stores", new ManyStores());
        all.put("recommend", new RecommendQuality(false));
        all.put("recommend-next", new RecommendQuality(true));
        all.put("latest-visits", new LatestVisits());
        all.put("compression", new Compression());
        all.put("forecast", new ForecastQuality());
        all.put("elasticity", new ElasticityQuality());
        all.put("latency", new ServingCost());
        all.put("recommend-load", new RecommendLoad());
        all.put("recommend-speed", new RecommendSpeed());
        all.put("fraud", new FraudQuality());
        all.put("forest", new ForestTimes());
        all.put("features", new FeatureRate());
        all.put("images", new PictureRetrieval());
        if (arguments.length == 0 || !all.containsKey(arguments[0])) {
            System.err.println("usage: run NAME [ARGUMENTS], with NAME one of " + String.join(", ", all.keySet()));
            System.exit(2);
        }
        all.get(arguments[0]).run(List.of(arguments).subList(1, arguments.length));
    }
}
