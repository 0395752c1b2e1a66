package io.kontor.platform.admin.internal.monitoring;

import io.kontor.platform.admin.internal.shell.Chart;
import java.util.List;

/**
 * What a model learned from and how it answered.
 *
 * @param title the model
 * @param href the model's page
 * @param sources records, kind by kind
 * @param predictions its answers on the held-out part; null when there were none
 */
public record ProfileView(String title, String href, List<Source> sources, Chart predictions) {

    /**
     * Records of one kind.
     *
     * @param title what they are
     * @param span how many, from when to when
     * @param charts one a column
     */
    public record Source(String title, String span, List<Chart> charts) {
    }
}
