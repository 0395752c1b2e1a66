package io.kontor.source.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.source.DataSource;
import io.kontor.api.source.Feed;
import io.kontor.api.source.FieldMapping;
import io.kontor.api.source.RecordSink;
import io.kontor.api.source.ValueFormat;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Reads pages of JSON from a web API, REST or GraphQL: by page number, offset, cursor or links, from the last change on where the API can
 * tell. An order's lines become records of their own with the order's fields around them. Every page is stored before the next is asked for.
 */
@Plugin(family = Family.SOURCE)
@Designate(ocd = WebSettings.class, factory = true)
@Component(name = "io.kontor.source.http", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class WebSource implements DataSource {

    private static final String HOSTS = "kontor.source.hosts";
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*(?:;[^,]*)?;\\s*rel=\"?(?:[^\",;]* )?next\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final int MOST_TOGETHER = 5_000;
    private static final int MOST_PAGES = 1_000_000;

    private final WebSettings settings;
    private final AddressGuard guard;
    private final ApiClient.Waiting waiting;
    private final URI base;
    private final List<Feed> feeds = new ArrayList<>();
    private final Map<Entity, Request> requests = new EnumMap<>(Entity.class);

    /** What is asked for, and where its records are. */
    private record Request(String path, String body, String records, String each, String cursor, String increment) {

        boolean has(String place) {
            return Template.has(path, place) || body != null && Template.has(body, place);
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param context knows the installation's settings
     * @param settings the settings
     */
    @Activate
    public WebSource(BundleContext context, WebSettings settings) {
        this(new AddressGuard(context.getProperty(HOSTS), InetAddress::getAllByName), time -> Thread.sleep(time.toMillis()), settings);
    }

    WebSource(AddressGuard guard, ApiClient.Waiting waiting, WebSettings settings) {
        this.guard = guard;
        this.waiting = waiting;
        this.settings = settings;
        this.base = address(settings.url().strip());
        Map<Entity, FieldMapping> mappings = FieldMapping.parse(settings.mapping(), ValueFormat.of(settings.dates(), settings.timeZone(), ""));
        Map<Entity, String> bodies = Feed.parse(settings.bodies(), "bodies");
        Map<Entity, String> records = pointers(Feed.parse(settings.records(), "records"));
        Map<Entity, String> each = Feed.parse(settings.each(), "each");
        Map<Entity, String> cursors = pointers(Feed.parse(settings.cursors(), "cursors"));
        Map<Entity, String> increments = Feed.parse(settings.increments(), "increments");
        Feed.parse(settings.requests(), "requests").forEach((entity, path) -> {
            requests.put(entity, checked(entity, new Request(path, bodies.get(entity), records.getOrDefault(entity, ""),
                    each.getOrDefault(entity, "").replaceAll("^/", ""), cursors.get(entity), increments.get(entity))));
            feeds.add(new Feed(entity, base.getAuthority() + path, mappings.get(entity)));
        });
        headers();
    }

    private static URI address(String url) {
        try {
            URI address = URI.create(url.replaceAll("/+$", ""));
            if (address.getHost() != null && address.getRawUserInfo() == null && address.getRawQuery() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw refused("The address is not well formed.");
        }
        throw refused("The address must look like https://shop.example/api, without a user and without parameters.");
    }

    private static Map<Entity, String> pointers(Map<Entity, String> pointers) {
        pointers.forEach((entity, pointer) -> {
            if (!pointer.startsWith("/")) {
                throw refused("\"" + pointer + "\" of " + entity.path() + " must be a JSON pointer, such as /data/items.");
            }
        });
        return pointers;
    }

    private Request checked(Entity entity, Request request) {
        if (!request.path.startsWith("/") && !request.path.startsWith("?")) {
            throw refused("What is asked for " + entity.path() + " must begin with a slash.");
        }
        switch (settings.paging()) {
            case "page", "offset", "cursor" -> {
                if (!request.has(settings.paging())) {
                    throw refused("What is asked for " + entity.path() + " has no place {{" + settings.paging() + "}} for the next page.");
                }
                if (settings.paging().equals("cursor") && request.cursor == null) {
                    throw refused("It is not said where in the answers for " + entity.path() + " the cursor is.");
                }
            }
            default -> {
            }
        }
        if (request.increment != null && !request.has("since")) {
            throw refused("What is asked for " + entity.path() + " has no place {{since}}, so that all would be read each time.");
        }
        return request;
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        for (String line : settings.headers()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(colon, 0)).strip();
            if (!line.isBlank() && !HEADER.matcher(name).matches()) {
                throw refused("The header \"" + line.strip() + "\" must look like Name: value.");
            }
            if (!line.isBlank()) {
                headers.put(name, line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static KontorException refused(String sentence) {
        return new KontorException(KontorException.Kind.CONFIGURATION, sentence);
    }

    @Override
    public List<Feed> feeds() {
        return List.copyOf(feeds);
    }

    @Override
    public void read(RecordSink sink) throws InterruptedException {
        ApiClient client = new ApiClient(guard, new ApiClient.Limits(settings.perSecond(), Duration.ofSeconds(settings.timeoutSeconds()),
                sink.dryRun() ? Math.min(1, settings.retries()) : settings.retries(), settings.mostMegabytes() << 20), sink.job(), waiting);
        headers().forEach(client::header);
        logIn(client);
        for (Feed feed : feeds) {
            sink.job().checkCancelled();
            read(client, sink, feed.entity(), requests.get(feed.entity()));
        }
    }

    private void logIn(ApiClient client) throws InterruptedException {
        switch (settings.authentication()) {
            case "bearer" -> client.header("Authorization", "Bearer " + settings.secret());
            case "basic" -> client.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(
                    (settings.user() + ":" + settings.secret()).getBytes(StandardCharsets.UTF_8)));
            case "header" -> client.header(settings.secretHeader(), settings.secret());
            case "login" -> client.header("Authorization", "Bearer " + token(client.ask(URI.create(base + settings.loginPath()),
                    Template.body(settings.loginBody(), Map.of("user", settings.user(), "secret", settings.secret())))));
            default -> {
            }
        }
    }

    private String token(ApiClient.Answer answer) {
        String where = settings.loginToken();
        Optional<String> token = where.startsWith("header:") ? answer.headers().firstValue(where.substring("header:".length()).strip())
                : where.startsWith("/") ? Optional.of(answer.json().at(where).asText("")) : Optional.empty();
        return token.filter(found -> !found.isEmpty()).orElseThrow(() -> new KontorException(KontorException.Kind.CONFIGURATION,
                "The API let nobody in: its answer to the login has no token at " + where + "."));
    }

    private void read(ApiClient client, RecordSink sink, Entity entity, Request request) throws InterruptedException {
        Position position = sink.watermark(entity).map(Position::parse).orElse(Position.BEGIN);
        String since = position.since();
        String greatest = Position.greater(position.greatest(), since);
        String page = position.page() == null ? first() : position.page();
        JsonNode before = null;
        for (int pages = 0; page != null && pages < MOST_PAGES; pages++) {
            sink.job().checkCancelled();
            ApiClient.Answer answer;
            try {
                answer = client.ask(address(request, page, since), body(request, page, since));
            } catch (KontorException e) {
                if (pages > 0 || position.page() == null || e.kind() != KontorException.Kind.DATA) {
                    throw e;
                }
                sink.job().log("The API no longer knows the page at which the last run was broken off; reading from the first");
                page = first();
                answer = client.ask(address(request, page, since), body(request, page, since));
            }
            JsonNode found = records(entity, request, answer.json());
            boolean again = found.equals(before) && !settings.paging().equals("cursor");
            List<Map<String, Object>> records = new ArrayList<>();
            if (!again) {
                found.forEach(element -> records.addAll(Flat.records(element, request.each)));
            }
            for (Map<String, Object> record : records) {
                Object value = request.increment == null ? null : record.get(request.increment);
                greatest = value == null ? greatest : Position.greater(value.toString(), greatest);
            }
            page = again ? null : next(request, page, found, answer);
            before = found;
            Position reached = page == null ? new Position(greatest, null, null) : new Position(since, greatest, page);
            if (!handOver(sink, entity, records, reached.text())) {
                return;
            }
        }
    }

    /** Hands the records of a page over; those of one element stay together. */
    private static boolean handOver(RecordSink sink, Entity entity, List<Map<String, Object>> records, String watermark) {
        int from = 0;
        for (; records.size() - from > MOST_TOGETHER; from += MOST_TOGETHER) {
            if (!sink.records(entity, records.subList(from, from + MOST_TOGETHER), null)) {
                return false;
            }
        }
        return sink.records(entity, records.subList(from, records.size()), watermark);
    }

    private String first() {
        return switch (settings.paging()) {
            case "page" -> Integer.toString(settings.firstPage());
            case "offset" -> "0";
            default -> "";
        };
    }

    private Map<String, String> places(String page, String since) {
        Map<String, String> places = new HashMap<>();
        places.put("limit", Integer.toString(settings.limit()));
        places.put("since", since == null ? settings.since() : Position.minus(since, settings.overlap()));
        if (List.of("page", "offset", "cursor").contains(settings.paging())) {
            places.put(settings.paging(), page);
        }
        return places;
    }

    private URI address(Request request, String page, String since) {
        if (settings.paging().equals("link") && !page.isEmpty()) {
            URI next = ApiClient.resolve(base, page);
            if (!ApiClient.sameHost(base, next)) {
                throw new KontorException(KontorException.Kind.DATA, "The API's link to the next page leads to another host.");
            }
            return next;
        }
        try {
            return URI.create(base + Template.path(request.path, places(page, since)));
        } catch (IllegalArgumentException e) {
            throw refused("\"" + request.path + "\" is no well-formed path; blanks are written %20.");
        }
    }

    private String body(Request request, String page, String since) {
        return request.body == null ? null : Template.body(request.body, places(page, since));
    }

    private static JsonNode records(Entity entity, Request request, JsonNode answer) {
        JsonNode found = answer.at(request.records);
        if (found.isArray()) {
            return found;
        }
        JsonNode errors = answer.path("errors");
        throw new KontorException(KontorException.Kind.DATA, "The answer for " + entity.path() + " has no list at "
                + (request.records.isEmpty() ? "its top" : request.records) + (errors.isArray() && !errors.isEmpty()
                ? "; the API says: " + errors.get(0).path("message").asText("an error") : "") + ".");
    }

    /** Where the next page is; null when this was the last one. */
    private String next(Request request, String page, JsonNode found, ApiClient.Answer answer) {
        return switch (settings.paging()) {
            case "page" -> found.isEmpty() ? null : Long.toString(Long.parseLong(page) + 1);
            case "offset" -> found.isEmpty() ? null : Long.toString(Long.parseLong(page) + found.size());
            case "cursor" -> {
                String cursor = answer.json().at(request.cursor).asText("");
                yield found.isEmpty() || cursor.isEmpty() || cursor.equals("null") || cursor.equals(page) ? null : cursor;
            }
            case "link" -> {
                Matcher next = NEXT.matcher(String.join(", ", answer.headers().allValues("Link")));
                yield next.find() ? ApiClient.resolve(answer.address(), next.group(1)).toString() : null;
            }
            default -> null;
        };
    }
}
