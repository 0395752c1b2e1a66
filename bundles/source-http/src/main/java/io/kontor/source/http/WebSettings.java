package io.kontor.source.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The settings of {@link WebSource}. */
@ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/http")
public @interface WebSettings {

    /**
     * Where the API is.
     *
     * @return an address of http or https
     */
    @AttributeDefinition(name = "%url", description = "%url.help")
    String url();

    /**
     * What is asked for.
     *
     * @return lines such as {@code orders=/orders?limit={{limit}}&offset={{offset}}}
     */
    @AttributeDefinition(name = "%requests", description = "%requests.help")
    String[] requests();

    /**
     * What is posted with it.
     *
     * @return lines such as {@code orders={"query": "..."}}
     */
    @AttributeDefinition(name = "%bodies", description = "%bodies.help", required = false)
    String[] bodies() default {};

    /**
     * Where in an answer the records are.
     *
     * @return lines such as {@code orders=/data/orders/items}
     */
    @AttributeDefinition(name = "%records", description = "%records.help", required = false)
    String[] records() default {};

    /**
     * Which lists within records have the records wanted.
     *
     * @return lines such as {@code orders=lines}
     */
    @AttributeDefinition(name = "%each", description = "%each.help", required = false)
    String[] each() default {};

    /**
     * Which fields become which columns.
     *
     * @return lines such as {@code orders.customerId:../customer/id}
     */
    @AttributeDefinition(name = "%mapping", description = "%mapping.help", required = false)
    String[] mapping() default {};

    /**
     * How the API pages.
     *
     * @return none, page, offset, cursor or link
     */
    @AttributeDefinition(name = "%paging", description = "%paging.help", options = {@Option(label = "%paging.none", value = "none"),
        @Option(label = "%paging.page", value = "page"), @Option(label = "%paging.offset", value = "offset"),
        @Option(label = "%paging.cursor", value = "cursor"), @Option(label = "%paging.link", value = "link")})
    String paging() default "none";

    /**
     * The number of the first page.
     *
     * @return usually 1
     */
    @AttributeDefinition(name = "%firstPage", description = "%firstPage.help", min = "0", max = "1")
    int firstPage() default 1;

    /**
     * How many records a page has.
     *
     * @return records
     */
    @AttributeDefinition(name = "%limit", description = "%limit.help", min = "1", max = "10000")
    int limit() default 100;

    /**
     * Where in an answer the cursor of the next page is.
     *
     * @return lines such as {@code orders=/pageInfo/endCursor}
     */
    @AttributeDefinition(name = "%cursors", description = "%cursors.help", required = false)
    String[] cursors() default {};

    /**
     * Which field tells old records from new.
     *
     * @return lines such as {@code orders=../updatedAt}
     */
    @AttributeDefinition(name = "%increments", description = "%increments.help", required = false)
    String[] increments() default {};

    /**
     * What the first run asks for.
     *
     * @return a value of the fields of {@link #increments}
     */
    @AttributeDefinition(name = "%since", description = "%since.help")
    String since() default "1970-01-01T00:00:00Z";

    /**
     * How far before the last value a run begins.
     *
     * @return seconds for times, steps for numbers
     */
    @AttributeDefinition(name = "%overlap", description = "%overlap.help", min = "0", max = "10000000")
    int overlap() default 3600;

    /**
     * How to log in.
     *
     * @return none, bearer, basic, header or login
     */
    @AttributeDefinition(name = "%authentication", description = "%authentication.help", options = {
        @Option(label = "%authentication.none", value = "none"), @Option(label = "%authentication.bearer", value = "bearer"),
        @Option(label = "%authentication.basic", value = "basic"), @Option(label = "%authentication.header", value = "header"),
        @Option(label = "%authentication.login", value = "login")})
    String authentication() default "none";

    /**
     * Who logs in.
     *
     * @return for basic and login
     */
    @AttributeDefinition(name = "%user", description = "%user.help", required = false)
    String user() default "";

    /**
     * The password, token or key.
     *
     * @return never shown
     */
    @AttributeDefinition(name = "%secret", description = "%secret.help", type = AttributeType.PASSWORD, required = false)
    String secret() default "";

    /**
     * The header that carries the key.
     *
     * @return its name
     */
    @AttributeDefinition(name = "%secretHeader", description = "%secretHeader.help", required = false)
    String secretHeader() default "X-API-Key";

    /**
     * Where to log in.
     *
     * @return a path
     */
    @AttributeDefinition(name = "%loginPath", description = "%loginPath.help", required = false)
    String loginPath() default "";

    /**
     * What is posted there.
     *
     * @return JSON with {@code {{user}}} and {@code {{secret}}}
     */
    @AttributeDefinition(name = "%loginBody", description = "%loginBody.help", required = false)
    String loginBody() default "{\"username\": \"{{user}}\", \"password\": \"{{secret}}\"}";

    /**
     * Where in the answer the token is.
     *
     * @return a JSON pointer, or {@code header:NAME}
     */
    @AttributeDefinition(name = "%loginToken", description = "%loginToken.help", required = false)
    String loginToken() default "/token";

    /**
     * More headers.
     *
     * @return lines such as {@code X-Channel: web}
     */
    @AttributeDefinition(name = "%headers", description = "%headers.help", required = false)
    String[] headers() default {};

    /**
     * How times are written.
     *
     * @return a pattern; empty for ISO 8601
     */
    @AttributeDefinition(name = "%dates", description = "%dates.help", required = false)
    String dates() default "";

    /**
     * The time zone of times that name none.
     *
     * @return an IANA name; empty for the store's
     */
    @AttributeDefinition(name = "%timeZone", description = "%timeZone.help", required = false)
    String timeZone() default "";

    /**
     * How fast the API may be asked.
     *
     * @return requests a second
     */
    @AttributeDefinition(name = "%perSecond", description = "%perSecond.help", min = "0.01", max = "1000")
    double perSecond() default 4;

    /**
     * How long an answer may take.
     *
     * @return seconds
     */
    @AttributeDefinition(name = "%timeoutSeconds", description = "%timeoutSeconds.help", min = "1", max = "600")
    int timeoutSeconds() default 30;

    /**
     * How often a request that failed is tried again.
     *
     * @return times
     */
    @AttributeDefinition(name = "%retries", description = "%retries.help", min = "0", max = "20")
    int retries() default 5;

    /**
     * How large an answer may be.
     *
     * @return MB
     */
    @AttributeDefinition(name = "%mostMegabytes", description = "%mostMegabytes.help", min = "1", max = "256")
    int mostMegabytes() default 16;
}
