package io.kontor.distribution.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A store in which everything that has room for text holds text that would be run where it is not escaped. */
final class HostileStore {

    /** The store's id. */
    static final String ID = "hostile";
    /** Scripts, attributes, templates and addresses; each leaves a mark when it is run. */
    static final List<String> TEXTS = List.of("<script>window.ran=1;alert(1)</script>", "\"><img src=x onerror=window.ran=1>",
            "' onmouseover='window.ran=1' autofocus onfocus='window.ran=1", "seven{{7*191}}${7*191}#{7*191}seven", "javascript:window.ran=1",
            "</textarea></title></script><svg onload=window.ran=1>");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TIME = "2026-03-01T12:00:00Z";
    /** Columns with a value that their type demands; {@code ID} is an id of the row, all other columns are given hostile text. */
    private static final Map<String, String> VALUES = Map.ofEntries(Map.entry("id", "ID"), Map.entry("orderId", "ID"),
            Map.entry("productId", "ID"), Map.entry("customerId", "ID"),
            Map.entry("price", "9"), Map.entry("cost", "5"), Map.entry("active", "true"),
            Map.entry("createdAt", TIME), Map.entry("time", TIME), Map.entry("from", TIME), Map.entry("labelTime", ""), Map.entry("label", ""),
            Map.entry("to", ""), Map.entry("quantity", "1"), Map.entry("unitPrice", "9"), Map.entry("discount", ""), Map.entry("value", ""),
            Map.entry("date", "2026-03-01"), Map.entry("onHand", "1"), Map.entry("leadTimeDays", "3"), Map.entry("amount", "90"),
            Map.entry("rating", "4"), Map.entry("type", "view"), Map.entry("kind", "list"), Map.entry("currency", "EUR"));
    private static final Map<String, String> COLUMNS = columns();

    private HostileStore() {
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("products", "id,title,description,category,brand,price,cost,currency,imageUrl,active,createdAt,attr.note");
        columns.put("customers", "id,createdAt,country,region,city,postalCode,attr.note");
        columns.put("orders", "orderId,time,customerId,productId,quantity,unitPrice,discount,channel,status");
        columns.put("events", "id,time,type,customerId,sessionId,productId,value,query");
        columns.put("sales", "productId,date,quantity,location");
        columns.put("prices", "productId,price,from,to,kind,source");
        columns.put("stock", "productId,time,onHand,location");
        columns.put("supply", "productId,supplierId,leadTimeDays");
        columns.put("transactions", "id,time,amount,orderId,customerId,currency,method,country,billingCountry,ip,device,emailHash,cardHash,"
                + "label,labelTime,attr.note");
        columns.put("applications", "id,time,amount,customerId,label,labelTime,attr.note");
        columns.put("reviews", "id,time,productId,customerId,rating,title,text,language");
        return columns;
    }

    static void create(KontorServer server) {
        ObjectNode store = JSON.createObjectNode().put("id", ID).put("name", TEXTS.get(1)).put("currency", "EUR").put("locale", "en")
                .put("timeZone", "Europe/Berlin").put("country", "DE");
        server.json("POST", "/stores", store.toString()).expect(201);
        server.send("POST", "/bundles", HostilePlugin.bundle(), "application/java-archive").expect(201);
        server.json("PUT", "/stores/" + ID + "/plugins/" + HostilePlugin.ID, settings(TEXTS.get(0))).expect(200);
        for (String plugin : List.of("risk.rules", "inventory.seasonal-naive", "inventory.reorder-point")) {
            server.json("PUT", "/stores/" + ID + "/plugins/io.kontor." + plugin, "{}").expect(200);
        }
        COLUMNS.forEach((entity, header) -> {
            JsonNode outcome = server.importCsv(ID, entity, csv(header));
            if (outcome.get("stored").asInt() < TEXTS.size()) {
                throw new AssertionError(entity + " took hardly anything: " + outcome);
            }
        });
        TEXTS.forEach(text -> put(server, text));
        order(server);
    }

    /** Proposals to order what sells and is not in stock, the first one approved with a note. */
    private static void order(KontorServer server) {
        StringBuilder sales = new StringBuilder("productId,date,quantity\n");
        for (int day = 0; day < 60; day++) {
            for (int row = 0; row < 2 * TEXTS.size(); row += 2) {
                sales.append('h').append(row).append(',').append(LocalDate.of(2026, 1, 1).plusDays(day)).append(",9\n");
            }
        }
        server.importCsv(ID, "sales", sales.toString());
        String job = server.json("POST", "/stores/" + ID + "/replenishment/plan", "").expect(202).json().get("job").asText();
        server.job(job, Duration.ofMinutes(1));
        String first = server.get("/stores/" + ID + "/proposals").expect(200).json().get("items").get(0).get("id").asText();
        String note = URLEncoder.encode(TEXTS.get(1), StandardCharsets.UTF_8);
        server.json("POST", "/stores/" + ID + "/proposals/" + first + "/approve?note=" + note, "").expect(200);
    }

    private static String csv(String header) {
        StringBuilder csv = new StringBuilder(header).append('\n');
        for (int row = 0; row < 2 * TEXTS.size(); row++) {
            String text = TEXTS.get(row / 2);
            String id = row % 2 == 0 ? "h" + row : text;
            StringBuilder line = new StringBuilder();
            for (String column : header.split(",")) {
                String value = VALUES.getOrDefault(column, text);
                line.append(line.isEmpty() ? "" : ",").append('"').append((value.equals("ID") ? id : value).replace("\"", "\"\"")).append('"');
            }
            csv.append(line).append('\n');
        }
        return csv.append('"').append(TEXTS.get(1).replace("\"", "\"\"")).append("\",too,few\n").toString();
    }

    private static String settings(String text) {
        return JSON.createObjectNode().set("settings", JSON.createObjectNode().put("greeting", text)).toString();
    }

    /** Sends one text to all else that takes text. Some of it may be refused; what is kept must be harmless. */
    private static void put(KontorServer server, String text) {
        String store = "/stores/" + ID;
        String coded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        int number = TEXTS.indexOf(text);
        taken(server.json("POST", "/keys", JSON.createObjectNode().put("name", text).put("role", "viewer").toString()));
        taken(server.json("POST", "/users", JSON.createObjectNode().put("name", text).put("role", "viewer").toString()));
        ObjectNode condition = JSON.createObjectNode().put("field", "device").put("operator", "in");
        condition.putArray("values").add(text);
        ObjectNode rule = JSON.createObjectNode().put("name", text).put("action", "review").put("weight", 0.6);
        rule.putArray("conditions").add(condition);
        server.json("PUT", store + "/risk/rules/rule" + number, rule.toString()).expect(200);
        ObjectNode payment = JSON.createObjectNode().put("id", text).put("time", TIME).put("amount", 90);
        List.of("device", "customerId", "method", "country", "ip", "attr.note").forEach(field -> payment.put(field, text));
        taken(server.json("POST", store + "/risk/assessments", JSON.createObjectNode().set("transaction", payment).toString()));
        taken(server.json("POST", store + "/risk/labels", JSON.createArrayNode().add(JSON.createObjectNode().put("transaction", text)
                .put("label", "fraud").put("time", TIME).put("source", text)).toString()));
        KontorServer.Answer answer = server.get(store + "/recommendations?plugin=" + HostilePlugin.ID + "&customer=" + coded + "&product="
                + coded + "&placement=" + coded + "&session=" + coded).expect(200);
        String request = answer.json().get("requestId").asText();
        taken(server.json("POST", store + "/feedback", JSON.createArrayNode().add(JSON.createObjectNode().put("requestId", request)
                .put("product", text).put("type", "click").put("time", TIME)).toString()));
        taken(server.get(store + "/forecasts/" + coded.replace("+", "%20") + "?horizon=3"));
        taken(server.json("PUT", store + "/schedules/plan" + number, JSON.createObjectNode().put("plugin", HostilePlugin.ID).put("task", text)
                .put("cron", text).put("timeZone", text).toString()));
    }

    private static void taken(KontorServer.Answer answer) {
        if (answer.status() >= 500) {
            throw new AssertionError(answer.status() + ": " + answer.body());
        }
    }
}
