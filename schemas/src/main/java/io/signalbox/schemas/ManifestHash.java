package io.signalbox.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The hash that a manifest carries, kept up to date part by part: SHA-256 over the hashes of 256
 * buckets, each over the sorted names and hashes of its parts; a part's bucket is the first byte of
 * its name's SHA-256. So one changed part costs the same among ten parts and among ten thousand.
 * Removed parts do not count. One owner thread.
 */
public final class ManifestHash {
    private static final int BUCKETS = 256;

    private final List<TreeMap<String, String>> buckets = new ArrayList<>(BUCKETS);
    private final List<byte @Nullable []> hashes = new ArrayList<>(BUCKETS);

    /** The hash of no parts. */
    public ManifestHash() {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            buckets.add(new TreeMap<>());
            hashes.add(null);
        }
    }

    /** The part now has this hash. */
    public void put(String part, String hash) {
        int bucket = bucketOf(part);
        if (!hash.equals(buckets.get(bucket).put(part, hash))) {
            hashes.set(bucket, null);
        }
    }

    /** The part is no longer there. */
    public void remove(String part) {
        int bucket = bucketOf(part);
        if (buckets.get(bucket).remove(part) != null) {
            hashes.set(bucket, null);
        }
    }

    /** The hash over all parts as they are now, 64 hexadecimal characters. */
    public String value() {
        CanonicalDigest digest = new CanonicalDigest();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            digest.bytes(bucketHash(bucket));
        }
        return digest.hex();
    }

    private byte[] bucketHash(int bucket) {
        byte[] known = hashes.get(bucket);
        if (known != null) {
            return known;
        }
        CanonicalDigest digest = new CanonicalDigest();
        TreeMap<String, String> parts = buckets.get(bucket);
        digest.number(parts.size());
        parts.forEach((name, hash) -> digest.text(name).text(hash));
        byte[] hash = digest.result();
        hashes.set(bucket, hash);
        return hash;
    }

    private static int bucketOf(String part) {
        return new CanonicalDigest().text(part).result()[0] & 0xff;
    }
}
