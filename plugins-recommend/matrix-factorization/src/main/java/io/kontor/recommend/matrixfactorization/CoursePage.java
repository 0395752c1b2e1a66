package io.kontor.recommend.matrixfactorization;

import io.kontor.api.admin.PageContent;
import io.kontor.api.admin.View;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** Draws how training went: the loss of each epoch and a histogram of predicted scores. */
final class CoursePage {

    private CoursePage() {
    }

    static PageContent of(Optional<RatingModel> learned, Locale locale) {
        ResourceBundle words = ResourceBundle.getBundle("OSGI-INF.l10n.matrixfactorization", locale, CoursePage.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        if (learned.isEmpty()) {
            return new PageContent.Views(List.of(new View.Notice(View.Tone.INFO, words.getString("page.none"))));
        }
        RatingModel model = learned.get();
        Course course = model.course();
        List<String> epochs = new ArrayList<>();
        for (int epoch = 1; epoch <= course.training().length; epoch++) {
            epochs.add(Integer.toString(epoch));
        }
        NumberFormat numbers = NumberFormat.getNumberInstance(locale);
        numbers.setMaximumFractionDigits(2);
        int bins = course.histogram().length;
        List<String> steps = new ArrayList<>();
        double[] counts = new double[bins];
        for (int bin = 0; bin < bins; bin++) {
            steps.add(numbers.format(course.lowest() + (course.highest() - course.lowest()) * (bin + 0.5) / bins));
            counts[bin] = course.histogram()[bin];
        }
        List<View.Line> lines = List.of(new View.Line(words.getString("page.training"), course.training()),
                new View.Line(words.getString("page.validation"), course.validation()));
        return new PageContent.Views(List.of(new View.LineChart(words.getString("page.loss"), epochs, lines),
                new View.BarChart(words.getString(model.scale().explicit() ? "page.ratings" : "page.scores"), steps, counts)));
    }
}
