// HttpClient through the modem: a connection of the modem is a Stream, and that is all HttpClient asks for.
//
//   dotnet run --project samples/HttpOverModem                                          a virtual modem and a small server
//   dotnet run --project samples/HttpOverModem -- /dev/ttyUSB0 internet https://example.com/
using HttpOverModem;
using Sim800.Modem;
using Sim800.Simulator;

await using var demonstration = args.Length < 3 ? VirtualModem.Create(DemonstrationServer.Options) : null;
var options = new ModemOptions { Apn = args.Length < 3 ? "internet" : args[1] };
await using var modem = demonstration is null
    ? await CellularModem.OpenAsync(args[0], options)
    : await CellularModem.OpenAsync(demonstration.Line, options);

using var http = ModemHttp.CreateClient(modem);
using var response = await http.GetAsync(new Uri(args.Length < 3 ? DemonstrationServer.Address : args[2]));
var body = await response.Content.ReadAsStringAsync();
Console.WriteLine($"{(int)response.StatusCode} {response.ReasonPhrase}, {body.Length} characters");
Console.WriteLine(body.Length > 500 ? body[..500] : body);
return response.IsSuccessStatusCode ? 0 : 1;
