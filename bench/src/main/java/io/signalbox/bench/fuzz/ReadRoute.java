package io.signalbox.bench.fuzz;

import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.FieldMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** A route of a service, said or read; where it says entry points is known from where it stands. */
record ReadRoute(String service, String host, String path, RouteMatch match) {
    private static final int SAMPLES = 60;
    private static final int MOST_CHARACTERS = 12;
    private static final String COMMON = "ab1-./ ";

    static ReadRoute said(String service, HeldRoute held) {
        RouteMatch said = held.match();
        RouteMatch match = said == null ? RouteMatch.NONE : said;
        return new ReadRoute(service, held.host(), held.path(), anywhere(match));
    }

    private static RouteMatch anywhere(RouteMatch match) {
        return new RouteMatch(
                match.hostKind(),
                match.pathKind(),
                match.excludedPaths(),
                match.methods(),
                match.headers(),
                match.queries(),
                List.of(),
                match.scheme(),
                match.webSocket(),
                match.sources(),
                match.priority(),
                match.percent(),
                match.percentSticky());
    }

    /** The same with regular expressions that are written otherwise and fit the same. */
    boolean isSame(ReadRoute other) {
        List<String> mine = regexes();
        List<String> others = other.regexes();
        if (mine.size() != others.size() || !plain().equals(other.plain())) {
            return false;
        }
        for (int i = 0; i < mine.size(); i++) {
            if (!fitsTheSame(mine.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private ReadRoute plain() {
        return new ReadRoute(
                service,
                match.hostKind() == HostKind.REGEX ? "" : host,
                match.pathKind() == PathKind.REGEX ? "" : path,
                new RouteMatch(
                        match.hostKind(),
                        match.pathKind(),
                        match.excludedPaths(),
                        match.methods(),
                        match.headers().stream().map(ReadRoute::plain).toList(),
                        match.queries().stream().map(ReadRoute::plain).toList(),
                        List.of(),
                        match.scheme(),
                        match.webSocket(),
                        match.sources(),
                        match.priority(),
                        match.percent(),
                        match.percentSticky()));
    }

    private static FieldMatch plain(FieldMatch field) {
        return field.kind() == FieldMatch.Kind.REGEX
                ? new FieldMatch(field.name(), field.kind(), "")
                : field;
    }

    private List<String> regexes() {
        List<String> regexes = new ArrayList<>();
        if (match.hostKind() == HostKind.REGEX) {
            regexes.add(host);
        }
        if (match.pathKind() == PathKind.REGEX) {
            regexes.add(path);
        }
        for (List<FieldMatch> fields : List.of(match.headers(), match.queries())) {
            fields.stream()
                    .filter(field -> field.kind() == FieldMatch.Kind.REGEX)
                    .map(FieldMatch::value)
                    .forEach(regexes::add);
        }
        return regexes;
    }

    /** Tried on texts by chance: some that one of them may fit, and others of their characters. */
    private static boolean fitsTheSame(String one, String other) {
        Pattern first = Pattern.compile(one);
        Pattern second = Pattern.compile(other);
        Random random = new Random(one.hashCode());
        for (int i = 0; i < SAMPLES; i++) {
            String text =
                    switch (i % 3) {
                        case 0 -> RegexSample.of(one, random);
                        case 1 -> RegexSample.of(other, random);
                        default -> byChance(random, COMMON + one);
                    };
            if (first.matcher(text).matches() != second.matcher(text).matches()) {
                return false;
            }
        }
        return true;
    }

    private static String byChance(Random random, String characters) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(MOST_CHARACTERS); i > 0; i--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }
}
