using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Dailies.Animatic;

/// <summary>The connections of one life of the server, so that they can be cut all at once, as the death of a process cuts them.</summary>
internal sealed class OpenConnections
{
    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = new();
    private volatile bool _over;

    public int Count => _open.Count;

    /// <summary>Serves one connection until it ends.</summary>
    public ConnectionDelegate Watch(ConnectionDelegate next) => async connection =>
    {
        _open[connection] = true;
        try
        {
            if (_over)
            {
                connection.Abort();
                return;
            }

            await next(connection);
        }
        finally
        {
            _open.TryRemove(connection, out _);
        }
    };

    /// <summary>Cuts every connection, and each new one as it comes.</summary>
    public void CutAll()
    {
        _over = true;
        foreach (var connection in _open.Keys)
        {
            connection.Abort();
        }
    }
}
