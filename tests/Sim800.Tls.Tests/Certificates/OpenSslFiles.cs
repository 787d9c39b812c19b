using System.Diagnostics;
using TestKit;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>Certificates and keys in every form that OpenSSL writes, made once for all tests of a class.</summary>
public sealed class OpenSslFiles : IAsyncLifetime
{
    internal const string Password = "Käse & Brot";

    /// <summary>What the commands below are run with; a name with a space belongs into quotes in messages.</summary>
    private const string Script = """
        set -e
        curve() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:$1 -out "$2"; }
        curve P-256 ca.key; curve P-256 sub.key; curve P-256 client.key; curve P-521 p521.key; curve secp256k1 koblitz.key
        openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.key
        openssl genpkey -algorithm ED25519 -out ed25519.key
        openssl req -x509 -key ca.key -out ca.pem -days 3650 -subj "/CN=Our root"
        openssl req -new -key sub.key -out sub.csr -subj "/CN=Our issuing"
        printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n' > sub.ext
        openssl x509 -req -in sub.csr -CA ca.pem -CAkey ca.key -days 3000 -extfile sub.ext -out sub.pem
        issue() { openssl req -new -key "$1.key" -out "$1.csr" -subj "/CN=$1"; openssl x509 -req -in "$1.csr" -CA sub.pem -CAkey sub.key -days 300 -out "$1.pem"; }
        issue client; issue rsa; issue p521; issue koblitz; issue ed25519
        cat client.pem sub.pem ca.pem > chain.pem
        cat ca.pem sub.pem client.pem > backwards.pem
        openssl x509 -in ca.pem -outform DER -out ca.der
        openssl x509 -in client.pem -outform DER -out client.der
        openssl crl2pkcs7 -nocrl -certfile chain.pem -out chain.p7b
        openssl crl2pkcs7 -nocrl -certfile chain.pem -outform DER -out chain.p7c
        openssl x509 -in ca.pem -trustout -out trusted.pem
        openssl x509 -in ca.pem -trustout -setalias "our root" -addtrust serverAuth -out trusted-server.pem
        openssl x509 -in ca.pem -trustout -addtrust clientAuth -out trusted-client.pem
        openssl x509 -in ca.pem -trustout -addreject serverAuth -out rejected.pem
        openssl x509 -in ca.pem -text -out text.pem
        sed 's/$/\r/' ca.pem > crlf.pem
        { printf '\357\273\277'; cat ca.pem; } > bom.pem
        { printf '\377\376'; iconv -f ASCII -t UTF-16LE ca.pem; } > utf16.pem
        { printf '\376\377'; iconv -f ASCII -t UTF-16BE ca.pem; } > utf16be.pem
        iconv -f ASCII -t UTF-16LE ca.pem > utf16-bare.pem
        cp ca.pem 'our root.pem'
        touch index.txt; printf '[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=30\n' > ca.cnf
        openssl ca -gencrl -config ca.cnf -cert ca.pem -keyfile ca.key -out ca.crl
        openssl crl -in ca.crl -outform DER -out crl.der
        openssl req -in client.csr -outform DER -out csr.der
        openssl pkey -in client.key -pubout -out public.pem
        openssl pkey -in client.key -outform DER -out client.key.der
        openssl ecparam -name prime256v1 -genkey -out with-parameters.key
        openssl ecparam -name prime256v1 -out parameters.pem
        openssl req -x509 -key with-parameters.key -out with-parameters.pem -days 300 -subj /CN=parameters
        openssl ecparam -name prime256v1 -genkey -param_enc explicit -out explicit.key
        openssl pkcs8 -topk8 -nocrypt -in explicit.key -out explicit.p8
        openssl ec -in client.key -out client.sec1
        openssl ec -in client.key -outform DER -out client.sec1.der
        openssl rsa -in rsa.key -traditional -out rsa.pkcs1
        encrypt() { openssl pkcs8 -topk8 -in "$1.key" -passout env:KEYPASS "${@:3}" -out "$1.$2"; }
        for key in client rsa p521 koblitz ed25519; do encrypt $key aes256 -v2 aes-256-cbc; done
        encrypt client aes128 -v2 aes-128-cbc -v2prf hmacWithSHA1
        encrypt client aes192 -v2 aes-192-cbc -v2prf hmacWithSHA512 -iter 5000
        encrypt client des3 -v2 des3
        encrypt client pkcs12pbe -v1 PBE-SHA1-3DES
        encrypt client aria -v2 aria-256-cbc
        encrypt client endless -v2 aes-256-cbc -iter 1
        openssl ec -in client.key -aes256 -passout env:KEYPASS -out client.old-aes256
        openssl ec -in client.key -aes128 -passout env:KEYPASS -out client.old-aes128
        openssl ec -in client.key -des3 -passout env:KEYPASS -out client.old-des3
        openssl rsa -in rsa.key -traditional -aes192 -passout env:KEYPASS -out rsa.old-aes192
        openssl rsa -in rsa.key -traditional -des3 -passout env:KEYPASS -out rsa.old-des3
        openssl ec -in client.key -camellia256 -passout env:KEYPASS -out client.old-camellia
        openssl ec -in koblitz.key -aes256 -passout env:KEYPASS -out koblitz.old-aes256
        openssl pkcs12 -export -in client.pem -inkey client.key -certfile sub.pem -passout env:KEYPASS -out client.pfx
        openssl pkcs12 -export -legacy -in client.pem -inkey client.key -certfile sub.pem -passout env:KEYPASS -out legacy.pfx
        openssl pkcs12 -export -in client.pem -inkey client.key -keypbe NONE -certpbe NONE -nomac -passout pass: -out open.pfx
        openssl pkcs12 -export -in ca.pem -nokeys -passout env:KEYPASS -out keyless.pfx
        cat client.key client.pem > both.pem
        cat client.aes256 client.pem > both-encrypted.pem
        printf '\376\355\376\355\000\000\000\002' > store.jks
        printf 'ssh-ed25519 AAAA user@host\n' > ssh.pub
        : > empty.pem; printf '\n \n' > blank.pem; printf '<html>Sign in</html>' > page.html; printf '\060\202' > cut.der
        head -c 300 ca.pem > cut.pem
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-files-");

    public async ValueTask InitializeAsync()
    {
        _ = Tool.PathOf("openssl");
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", Script])
        {
            UseShellExecute = false,
            WorkingDirectory = _folder.FullName,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["KEYPASS"] = Password },
        })!;
        var output = shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(shell.ExitCode == 0, await output + await errors);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    internal string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
