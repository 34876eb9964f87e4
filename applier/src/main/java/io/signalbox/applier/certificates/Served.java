package io.signalbox.applier.certificates;

import io.signalbox.haproxy.CertificateFiles;
import io.signalbox.haproxy.CertificateName;
import io.signalbox.haproxy.ConfigPath;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What HAProxy shall serve.
 *
 * @param standard for names that no other has
 * @param named chosen by the names in them
 * @param authorities who signs certificates of clients, in PEM
 */
record Served(
        Certificate standard,
        SortedMap<CertificateName, Certificate> named,
        SortedMap<CertificateName, String> authorities) {

    Served {
        named = Collections.unmodifiableSortedMap(new TreeMap<>(named));
        authorities = Collections.unmodifiableSortedMap(new TreeMap<>(authorities));
    }

    /** SHA-1 over the certificates of those who sign under that name, as HAProxy shows it. */
    Set<String> signers(CertificateName name) {
        return CertificateReader.certificates(authorities.getOrDefault(name, "")).stream()
                .map(Certificate::sha1)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All certificates by their files, the standard one first. */
    Map<ConfigPath, Certificate> byFile(CertificateFiles files) {
        Map<ConfigPath, Certificate> all = new LinkedHashMap<>();
        all.put(files.standard(), standard);
        named.forEach((name, certificate) -> all.put(files.named(name), certificate));
        return all;
    }
}
