package io.signalbox.applier.certificates;

import io.signalbox.haproxy.CertificateFiles;
import io.signalbox.haproxy.CertificateName;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Tls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the certificates that HAProxy reads what the store says: checked one by one, the last good
 * one of a name standing in for one that is not. What cannot be looked into, or is suddenly empty,
 * changes nothing. Safe for all threads; what asks about HAProxy's files waits for nobody else but
 * at the first time.
 */
public final class CertificateKeeper {
    /** The code of notes about certificates. */
    public static final String CODE = "certificate";

    private static final CertificateName DEFAULT = new CertificateName(CertificateFiles.DEFAULT);

    private static final String NOBODY = "nobody.invalid";

    private final Path store;
    private final Optional<Certificate> fromEnvironment;
    private final DeployedCertificates deployed;
    private final Candidates candidates;
    private final Shelf<Certificate> certificates;
    private final Shelf<String> authorities;
    private final TreeSet<CertificateName> wantedAuthorities = new TreeSet<>();
    private @Nullable Served served;
    private boolean needed;
    private boolean unwritten = true;
    private boolean looked;
    private String trouble = "";
    private String nobody = "";
    private volatile List<Note> notes = List.of();
    private volatile Optional<Set<CertificateName>> prepared = Optional.empty();

    /** Asks HAProxy itself whether it takes a certificate. */
    public interface Probe {
        /**
         * HAProxy's words if it does not take the file, or one of those in a directory; empty if it
         * does.
         */
        Optional<String> refusal(Path pem) throws IOException, InterruptedException;
    }

    /**
     * Has looked at nothing yet.
     *
     * @param store where the operator puts certificates
     * @param fromEnvironment for names that no certificate of the store has
     * @param files where HAProxy reads them
     */
    public CertificateKeeper(
            Path store,
            Optional<Certificate> fromEnvironment,
            CertificateFiles files,
            Probe probe) {
        this.store = store;
        this.fromEnvironment = fromEnvironment;
        this.deployed = new DeployedCertificates(files);
        this.candidates = new Candidates(deployed, probe);
        this.certificates = new Shelf<>(this::read, this::lastGood);
        this.authorities =
                new Shelf<>(
                        (_, text, _) -> CertificateReader.authorities(text), deployed::authorities);
        this.needed = deployed.any();
        certificates.begin(deployed.named());
        wantedAuthorities.addAll(deployed.authorities());
        // Another nobody would be other signers than HAProxy has.
        wantedAuthorities.stream()
                .flatMap(name -> deployed.authorities(name).stream())
                .filter(CertificateKeeper::isNobody)
                .findFirst()
                .ifPresent(pem -> nobody = pem);
    }

    private static boolean isNobody(String pem) {
        return CertificateReader.certificates(pem).stream()
                .allMatch(one -> one.getSubjectX500Principal().getName().equals("CN=" + NOBODY));
    }

    /**
     * What is known of one name.
     *
     * @param certificate what serves; null if nothing does
     * @param refused why what lies in the store is not used; empty if it is
     */
    public record Standing(String name, @Nullable Certificate certificate, String refused) {}

    private Certificate read(CertificateName name, String text, Instant now)
            throws Refused, IOException, InterruptedException {
        Certificate certificate = CertificateReader.current(text, now);
        if (!lastGood(name).equals(Optional.of(certificate))) {
            candidates.ask(certificate);
        }
        return certificate;
    }

    private Optional<Certificate> lastGood(CertificateName name) {
        return name.equals(DEFAULT) ? deployed.standard() : deployed.named(name);
    }

    /** Looks into the store; says whether what HAProxy shall serve has changed. */
    synchronized boolean look(Instant now) throws InterruptedException {
        boolean first = !looked;
        boolean changed = false;
        try {
            StoreScan scan = StoreScan.of(store);
            trouble = "";
            changed = take(scan, first, now);
            looked = true;
        } catch (IOException e) {
            trouble = "the store " + store + " cannot be read: " + e;
        }
        unwritten |= changed;
        boolean write = needed && unwritten;
        if (write) {
            try {
                write(now);
            } catch (IOException e) {
                trouble = "the certificates cannot be written: " + e;
            }
        }
        note(now);
        return write;
    }

    private boolean take(StoreScan scan, boolean first, Instant now) throws InterruptedException {
        if (scan.certificates().isEmpty() && !certificates.good().isEmpty()) {
            trouble = "the store " + store + " is empty: the last certificates go on serving";
            return false;
        }
        if (first) {
            candidates.askTogether(fresh(scan, now));
        }
        boolean changed = certificates.look(scan.certificates(), first, now);
        boolean signers = authorities.look(scan.authorities(), first, now);
        return changed || signers;
    }

    private List<Certificate> fresh(StoreScan scan, Instant now) {
        List<Certificate> fresh = new ArrayList<>();
        scan.certificates()
                .forEach(
                        (name, found) -> {
                            try {
                                Certificate one = CertificateReader.current(found.read(), now);
                                if (!lastGood(name).equals(Optional.of(one))) {
                                    fresh.add(one);
                                }
                            } catch (IOException | Refused e) {
                                // It is refused when it is its turn, and then named.
                            }
                        });
        return fresh;
    }

    /**
     * Sees to it that HAProxy can be started with these entry points.
     *
     * @throws IOException if the files cannot be written
     */
    public void prepare(List<EntryPoint> entries, Instant now) throws IOException {
        List<Tls> wanted = entries.stream().map(EntryPoint::tls).filter(Objects::nonNull).toList();
        Set<CertificateName> names =
                wanted.stream()
                        .map(Tls::clientCa)
                        .filter(name -> !name.isEmpty())
                        .map(CertificateName::new)
                        .collect(Collectors.toSet());
        // Not one by one with a look into the store, which may ask HAProxy about many certificates.
        boolean ready = prepared.filter(before -> before.containsAll(names)).isPresent();
        if (!wanted.isEmpty() && !(ready && deployed.any())) {
            prepare(names, now);
        }
    }

    private synchronized void prepare(Set<CertificateName> names, Instant now) throws IOException {
        needed = true;
        wantedAuthorities.addAll(names);
        if (!looked) {
            lookAtOnce(now);
        }
        write(now);
        prepared = Optional.of(Set.copyOf(wantedAuthorities));
        note(now);
    }

    private void lookAtOnce(Instant now) {
        try {
            look(now);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What cannot be written now is written at a later look. */
    private void write(Instant now) throws IOException {
        unwritten = true;
        Served next = served(now);
        deployed.write(next);
        served = next;
        unwritten = false;
    }

    private Served served(Instant now) {
        SortedMap<CertificateName, Certificate> named = new TreeMap<>(certificates.good());
        Certificate standard = named.remove(DEFAULT);
        if (standard == null) {
            standard =
                    fromEnvironment
                            .or(() -> named.values().stream().findFirst())
                            .or(deployed::standard)
                            .orElseGet(() -> selfSigned(now));
        }
        SortedMap<CertificateName, String> signers = new TreeMap<>();
        for (CertificateName name : wantedAuthorities) {
            String known = authorities.good().get(name);
            signers.put(name, known == null ? nobody(now) : known);
        }
        return new Served(standard, named, signers);
    }

    private static Certificate selfSigned(Instant now) {
        try {
            return CertificateReader.any(SelfSigned.make(SelfSigned.NAME, now));
        } catch (Refused e) {
            throw new IllegalStateException("the self-signed certificate " + e.why(), e);
        }
    }

    /** Someone whose key nobody has: without those who sign no client comes in. */
    private String nobody(Instant now) {
        if (nobody.isEmpty()) {
            String pem = SelfSigned.make(NOBODY, now);
            nobody = pem.substring(0, pem.indexOf("-----BEGIN PRIVATE KEY"));
        }
        return nobody;
    }

    private void note(Instant now) {
        List<Note> found = CertificateNotes.of(now, standing(), trouble, missing(), selfSigned());
        CertificateNotes.log(found, notes);
        notes = found;
    }

    private List<CertificateName> missing() {
        return wantedAuthorities.stream()
                .filter(name -> !authorities.good().containsKey(name))
                .toList();
    }

    private boolean selfSigned() {
        Served now = served;
        return needed && now != null && now.standard().names().contains(SelfSigned.NAME);
    }

    /** What there is to say about certificates. */
    public List<Note> notes() {
        return notes;
    }

    /** What is known of each name, those of client authorities last. */
    public synchronized List<Standing> standing() {
        TreeSet<CertificateName> names = new TreeSet<>(certificates.good().keySet());
        names.addAll(certificates.refused().keySet());
        List<Standing> standing = new ArrayList<>();
        for (CertificateName name : names) {
            standing.add(
                    new Standing(
                            name.value(),
                            certificates.good().get(name),
                            certificates.refused().getOrDefault(name, "")));
        }
        authorities
                .refused()
                .forEach(
                        (name, why) ->
                                standing.add(
                                        new Standing(StoreScan.CLIENT_CA + "/" + name, null, why)));
        Served now = served;
        if (now != null && !certificates.good().containsKey(DEFAULT)) {
            standing.add(new Standing(CertificateFiles.DEFAULT, now.standard(), ""));
        }
        return List.copyOf(standing);
    }

    /** Whether something new is there that counts at the next look. */
    synchronized boolean unsettled() {
        return certificates.unsettled() || authorities.unsettled();
    }

    /** What HAProxy shall serve; empty as long as it speaks no TLS. */
    synchronized Optional<Served> served() {
        return Optional.ofNullable(served);
    }

    CertificateFiles files() {
        return deployed.files();
    }

    /** Where the operator puts certificates. */
    public Path directory() {
        return store;
    }

    /**
     * Puts a certificate into the store; it serves a moment later.
     *
     * @throws Refused if the name has other files there
     */
    public synchronized void store(CertificateName name, Certificate certificate)
            throws Refused, IOException {
        if (Files.exists(store.resolve(name + ".crt"))
                || Files.exists(store.resolve(name + ".key"))) {
            throw new Refused("the store has " + name + ".crt or " + name + ".key");
        }
        Files.createDirectories(store);
        DeployedCertificates.writeSecretly(
                store.resolve(name + ".pem"),
                certificate.pem().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Deletes a certificate of the store.
     *
     * @return whether there was one
     * @throws Refused if it is the last one
     */
    public synchronized boolean delete(CertificateName name) throws Refused, IOException {
        StoreScan scan = StoreScan.of(store);
        StoreScan.Found found = scan.certificates().get(name);
        if (found == null) {
            return false;
        }
        if (scan.certificates().size() == 1) {
            throw new Refused("the last certificate stays: put another one first");
        }
        for (Path file : found.files()) {
            Files.delete(file);
        }
        return true;
    }
}
