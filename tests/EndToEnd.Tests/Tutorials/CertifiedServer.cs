using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sim800.Simulator;

namespace EndToEnd.Tests.Tutorials;

/// <summary>A broker behind two ports that demand the server's name and a client certificate, one of them the protocol of ALPN as well.</summary>
internal sealed class CertifiedServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TcpListener _plain = new(IPAddress.Loopback, 0);
    private readonly TcpListener _protocol = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _arrived = new();
    private readonly ConcurrentQueue<string> _protocols = new();
    private readonly LoopbackBroker _broker;
    private readonly X509Certificate2 _certificate;
    private readonly string _name;
    private readonly string _demanded;
    private readonly Task[] _serving;

    internal CertifiedServer((string CertificateFile, string KeyFile) files, string name, string protocol)
    {
        using var read = X509Certificate2.CreateFromPemFile(files.CertificateFile, files.KeyFile);
        _certificate = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        (_name, _demanded) = (name, protocol);
        _broker = LoopbackBroker.Start(new LoopbackBrokerOptions
        {
            Listen = false,
            OnPublished = message => _arrived.Enqueue($"{message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)}\n"),
        });
        _plain.Start();
        _protocol.Start();
        _serving = [ServeAsync(_plain, ""), ServeAsync(_protocol, protocol)];
    }

    internal int Port => ((IPEndPoint)_plain.LocalEndpoint).Port;

    internal int ProtocolPort => ((IPEndPoint)_protocol.LocalEndpoint).Port;

    internal string[] Arrived => [.. _arrived];

    /// <summary>What was negotiated, connection by connection.</summary>
    internal string[] Protocols => [.. _protocols];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_serving);
        _plain.Dispose();
        _protocol.Dispose();
        await _broker.DisposeAsync();
        _certificate.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync(TcpListener listener, string demanded)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(_stopping.Token);
                await ServeAsync(client.GetStream(), demanded);
            }
        }
        catch (OperationCanceledException)
        {
            return; // the test is over
        }
    }

    private async Task ServeAsync(NetworkStream stream, string demanded)
    {
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateSelectionCallback = (_, asked) => asked == _name ? _certificate : throw new AuthenticationException("The server's name is missing."),
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject is "CN=gateway-17",
                ApplicationProtocols = demanded.Length > 0 ? [new SslApplicationProtocol(_demanded)] : null,
            },
            _stopping.Token);
        var negotiated = Encoding.ASCII.GetString(tls.NegotiatedApplicationProtocol.Protocol.Span);
        _protocols.Enqueue(negotiated);
        if (negotiated == demanded)
        {
            await _broker.ServeAsync(new Both(PipeReader.Create(tls), PipeWriter.Create(tls)), _stopping.Token);
        }
    }

    private sealed record Both(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
